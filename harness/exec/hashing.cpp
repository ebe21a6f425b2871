#include "harness/exec/hashing.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/io/results.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

EVP_MD_CTX* context_of(void* context) {
  return static_cast<EVP_MD_CTX*>(context);
}

std::vector<fs::path> files_in(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.is_regular_file(ignored)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// What a proof depends on, without where it lies and the texts for people: a better sentence voids no certificate.
std::string judged_part(const CaseSpec& spec) {
  static const std::array<const char*, 14> kKeys = {"id",      "variants",  "graph",      "symptom",   "failure",
                                                    "compare", "tolerance", "threads",    "timeout_s", "memory_mb",
                                                    "timing",  "min_ratio", "min_growth", "fix"};
  const nlohmann::json all = to_json(spec);
  nlohmann::json judged;
  for (const char* key : kKeys) judged[key] = all.at(key);
  return judged.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The headers of the harness that a file includes, and those that they include.
void collect_headers(const std::string& folder, const fs::path& path, std::set<std::string>& headers) {
  static const RE2 kInclude(R"re(\s*#\s*include\s*"(harness/[^"]+)".*)re");
  std::ifstream file(path);
  std::string header;
  for (std::string line; std::getline(file, line);) {
    if (!RE2::FullMatch(line, kInclude, &header) || !headers.insert(header).second) continue;
    collect_headers(folder, fs::path(folder) / header, headers);
  }
}

}  // namespace

Hash::Hash() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(context_of(context_), EVP_sha256(), nullptr);
}

Hash::~Hash() {
  EVP_MD_CTX_free(context_of(context_));
}

void Hash::add(const std::string& name, const std::string& content) {
  const std::string framed = fmt::format("{}:{}:{}:", name.size(), name, content.size());
  EVP_DigestUpdate(context_of(context_), framed.data(), framed.size());
  EVP_DigestUpdate(context_of(context_), content.data(), content.size());
}

void Hash::add_file(const std::string& name, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return add(name, "(missing)");
  add(name, std::string(std::istreambuf_iterator<char>(file), {}));
}

std::string Hash::hex() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(context_of(context_), digest, &size);
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

std::string hash_of_case(const CaseSpec& spec, const Paths& paths) {
  Hash hash;
  for (const fs::path& file : files_in(spec.folder)) {
    if (file.filename() != "case.yaml") hash.add_file(file.filename().string(), file.string());
  }
  hash.add("declared", judged_part(spec));
  std::set<std::string> headers;
  for (const fs::path& file : files_in(spec.folder)) collect_headers(paths.headers(), file, headers);
  for (const std::string& header : headers) hash.add_file(header, paths.headers() + "/" + header);
  return hash.hex();
}

std::string hash_of_corpus(const std::vector<const CaseSpec*>& cases, const Paths& paths) {
  Hash hash;
  for (const CaseSpec* spec : cases) {
    hash.add(spec->id, hash_of_case(*spec, paths));
    hash.add_file("case.yaml", spec->folder + "/case.yaml");
  }
  return hash.hex();
}

std::string result_key(const CaseSpec& spec, const Paths& paths, const Toolchain& toolchain, const TrialPlan& plan,
                       const std::string& extra) {
  Hash hash;
  hash.add("case", hash_of_case(spec, paths));
  hash.add_file("case.yaml", spec.folder + "/case.yaml");
  hash.add_file("host", paths.host());
  hash.add_file("hybugs", "/proc/self/exe");
  for (const auto& [name, value] : {std::pair<const char*, std::string>{"libtorch", toolchain.libtorch},
                                    {"libtorch_file", toolchain.libtorch_file},
                                    {"blas", toolchain.blas},
                                    {"compiler", toolchain.compiler},
                                    {"flags", toolchain.flags},
                                    {"extra", extra}}) {
    hash.add(name, value);
  }
  hash.add("seeds", fmt::format("{}", fmt::join(plan.seeds, ",")));
  hash.add("repetitions", std::to_string(plan.repetitions));
  return hash.hex();
}

}  // namespace hybugs
