// Builds what is out of date through CMake.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"

namespace hybugs {

/// Where things are: the source tree, its build folder, the corpus in use.
struct Paths {
  std::string source;  // the checkout; empty for an installed harness
  std::string build;   // CMake's build folder
  std::string cases;   // the corpus
  std::string output;  // where its variants are built: <output>/<id>/<variant>.so

  std::string host() const { return build + "/bin/hybugs-host"; }
  std::string library(const std::string& id, const std::string& variant) const {
    return output + "/" + id + "/" + variant + ".so";
  }
};

/// What didn't compile: case id -> the first error and the full log.
struct BuildFailure {
  std::string error;  // the compiler's first error line
  std::string log;    // path
};
using BuildFailures = std::map<std::string, BuildFailure>;

/// Builds the variants of `cases` and the host. A case that doesn't compile is in the result, the others are built
/// all the same. An Error when CMake itself can't work.
Result<BuildFailures> build_cases(const Paths& paths, const std::vector<const CaseSpec*>& cases, int jobs);

/// Builds nothing: what isn't there has failed. For machines that share what another one has built.
Result<BuildFailures> find_built_cases(const Paths& paths, const std::vector<const CaseSpec*>& cases);

/// Builds and installs what runs a program without any case (SDK, host, hybugs-try, the compiler's flags) into
/// `prefix`, whose parent exists. Nothing in it names the source tree or the build folder.
Result<void> install_harness(const Paths& paths, const std::string& prefix, int jobs);

/// The first line of a compiler's or linker's output that reports an error.
std::string first_error_line(const std::string& output);

}  // namespace hybugs
