#include "tools/hybugs/packages.h"

#include <fmt/format.h>

#include <sstream>

#include "harness/exec/hashing.h"
#include "harness/io/files.h"

namespace hybugs {

Result<PackageList> needed_packages(const std::string& source) {
  if (source.empty()) {
    return Unexpected(Error{"", 0, "environments need HyBugs's source tree", "start hybugs from a checkout"});
  }
  const auto text = read_file(source + "/ci/packages");
  if (!text) return Unexpected(text.error());
  PackageList list;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] != '#') list.names.push_back(line);
  }
  Hash hash;
  hash.add("packages", fmt::format("{}", fmt::join(list.names, " ")));
  list.hash = hash.hex();
  return list;
}

}  // namespace hybugs
