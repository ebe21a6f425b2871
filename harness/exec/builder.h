// Builds what is out of date through CMake.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"
#include "harness/core/torch_environment.h"
#include "harness/exec/root_system.h"

namespace hybugs {

/// Where things are: the source tree or the installation, the build folder, the corpus in use.
struct Paths {
  std::string source;              // the checkout; empty for an installed HyBugs
  std::string build;               // CMake's build folder
  std::string cases;               // the corpus
  std::string output;              // where its variants are built: <output>/<id>/<variant>.so
  TorchEnvironment environment{};  // whose compiler and LibTorch the build folder uses
  std::string prefix{};            // where HyBugs is installed, where there is no checkout

  /// The folder below which headers are found as `harness/sdk/...`.
  std::string headers() const { return source.empty() ? prefix + "/include" : source; }
  std::string templates() const {
    return source.empty() ? prefix + "/share/hybugs/templates" : source + "/tools/hybugs/templates";
  }
  /// Certificates and local results go below it.
  std::string results() const { return (source.empty() ? "." : source) + "/results"; }
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

/// What programs of the build folder run in: of this machine they see the checkout and the corpus, and write to the
/// build folder only.
RootSystem system_of(const Paths& paths);

/// Where the variants of the corpus `cases` are built: <build>/<folder> for <source>/<folder>, else below
/// <build>/corpora.
std::string output_folder(const std::string& source, const std::string& build, const std::string& cases);

/// Configures the build folder where it belongs to an environment and isn't configured for it as it is now, and where
/// the corpus is one that it doesn't know yet. Other build folders are left alone.
Result<void> configure_build(const Paths& paths);

/// Which variants of a case are built. Wrong repairs are most of a corpus, and few commands need them.
enum class Variants : std::uint8_t { buggy_and_fixed, all };

/// Builds the variants of `cases` and the host. A case that doesn't compile is in the result, the others are built
/// all the same. An Error when CMake itself can't work.
Result<BuildFailures> build_cases(const Paths& paths, const std::vector<const CaseSpec*>& cases, Variants variants,
                                  int jobs);

/// Builds nothing: what isn't there has failed. For machines that share what another one has built.
Result<BuildFailures> find_built_cases(const Paths& paths, const std::vector<const CaseSpec*>& cases,
                                       Variants variants);

/// Builds and installs what runs a program without any case (SDK, host, hybugs-try, the compiler's flags) into
/// `prefix`, whose parent exists. Nothing in it names the source tree or the build folder. `components` of CMake's
/// install: `harness`, and `exercise` for hybugs-exercise as well.
Result<void> install_harness(const Paths& paths, const std::string& prefix, int jobs,
                             const std::vector<std::string>& components = {"harness"});

/// The lock of a build folder: Ninja doesn't expect company.
inline constexpr const char* kBuildLock = "hybugs-build.lock";

/// An Error about a build that failed: its first error line, and build/log/WHAT.log with all of `output`.
Error build_error(const Paths& paths, const std::string& what, const std::string& output);

/// The first line of a compiler's or linker's output that reports an error.
std::string first_error_line(const std::string& output);

}  // namespace hybugs
