// Everything that a case sees: the Program interface and the macro that exports a case.
//
// A case folder holds program.h (scenario, eager program, helpers) and one .cpp file for each variant, which
// defines the hybrid program and ends with HYBUGS_CASE. Each variant becomes a small shared library that
// hybugs-host loads; there is no main and no registration.
#pragma once

// torch/script.h costs a quarter of torch/torch.h to parse; these are the few headers that it lacks.
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/jit.h>
#include <torch/script.h>

#include <cstdint>
#include <vector>

namespace hybugs {

/// The inputs or outputs of one call: tensors, numbers, strings, lists, dicts, tuples, None.
using Values = std::vector<torch::IValue>;

/// The ordered inputs of one trial. A function of the seed alone: eager and hybrid get equal scenarios.
using Scenario = std::vector<Values>;

/// One program of a case. An object lives for one trial and may keep state between calls.
class Program {
 public:
  Program() = default;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  virtual ~Program() = default;

  /// Runs the next call of the scenario. Throwing is a legitimate outcome: it ends this call, not the trial.
  virtual Values call(const Values& inputs) = 0;
};

/// Version of this interface; a variant built for another one is refused as stale.
inline constexpr int kSdkVersion = 1;

}  // namespace hybugs

#define HYBUGS_EXPORT extern "C" __attribute__((visibility("default")))

// The C++ runtime's own: the handle of the shared library that this file is linked into, and the function that runs
// its static destructors (Itanium C++ ABI, 3.3.6).
extern void* __dso_handle;
extern "C" void __cxa_finalize(void* dso_handle);

/// Exports a case: `scenario_fn` is `Scenario f(std::uint64_t seed)`; `EagerProgram` and `HybridProgram` are
/// default-constructible Programs.
#define HYBUGS_CASE(scenario_fn, EagerProgram, HybridProgram)                     \
  HYBUGS_EXPORT int hybugs_sdk_version() {                                        \
    return hybugs::kSdkVersion;                                                   \
  }                                                                               \
  HYBUGS_EXPORT void hybugs_finalize() {                                          \
    __cxa_finalize(__dso_handle);                                                 \
  }                                                                               \
  HYBUGS_EXPORT void hybugs_scenario(std::uint64_t seed, hybugs::Scenario& out) { \
    out = scenario_fn(seed);                                                      \
  }                                                                               \
  HYBUGS_EXPORT hybugs::Program* hybugs_make_eager() {                            \
    return new EagerProgram();                                                    \
  }                                                                               \
  HYBUGS_EXPORT hybugs::Program* hybugs_make_hybrid() {                           \
    return new HybridProgram();                                                   \
  }
