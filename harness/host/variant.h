// A variant: the shared library of one program of a case.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "harness/sdk/program.h"
#include "harness/wire/trial_request.h"

namespace hybugs {

class Variant {
 public:
  /// Loads the library, which runs its static initialisers. On failure `error()` says why.
  explicit Variant(const std::string& path);
  Variant(const Variant&) = delete;
  Variant& operator=(const Variant&) = delete;
  /// Runs its static destructors. The library stays mapped: threads of a pool may still be leaving its code.
  ~Variant();

  const std::string& error() const { return error_; }
  bool stale() const { return stale_; }

  /// An address in its code.
  const void* code() const { return reinterpret_cast<const void*>(make_hybrid_); }

  Scenario scenario(std::uint64_t seed) const;
  std::unique_ptr<Program> make(ProgramKind kind) const;

 private:
  void* symbol(const char* name);
  void refuse(const std::string& built_for, const std::string& ours);

  void* library_ = nullptr;
  void (*finalize_)() = nullptr;
  void (*scenario_)(std::uint64_t, Scenario&) = nullptr;
  Program* (*make_eager_)() = nullptr;
  Program* (*make_hybrid_)() = nullptr;
  std::string error_;
  bool stale_ = false;
};

}  // namespace hybugs
