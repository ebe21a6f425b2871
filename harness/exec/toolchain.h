// What variants are compiled and run with, and the machine that they run on.
#pragma once

#include <string>

#include "harness/core/case_result.h"
#include "harness/core/error.h"
#include "harness/exec/builder.h"
#include "harness/exec/sandbox.h"

namespace hybugs {

struct Toolchain {
  std::string libtorch;       // version
  std::string libtorch_file;  // its library, with size and time
  std::string blas;           // file and configuration of the BLAS library that LibTorch loads
  std::string blas_threads;   // how many threads it uses in a host
  std::string compiler;       // name, version and path
  std::string flags;          // of the variants
};

/// Asks hybugs-host (LibTorch, BLAS) and CMake's cache (compiler). An Error when the host isn't built or doesn't start.
Result<Toolchain> read_toolchain(const Paths& paths);

/// An entry of CMakeCache.txt, or an empty string.
std::string cmake_cache_entry(const std::string& build, const std::string& name);

/// The machine, the toolchain, the commit of the corpus, the load now.
Context read_context(const Paths& paths, const Toolchain& toolchain, const Sandbox& sandbox,
                     const std::string& command_line);

/// PRETTY_NAME of the system in the folder `root`; empty: of this one.
std::string system_name(const std::string& root);

/// One-minute load average.
double load_average();

/// UTC in ISO 8601.
std::string utc_now();

}  // namespace hybugs
