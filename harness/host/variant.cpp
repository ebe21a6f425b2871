#include "harness/host/variant.h"

#include <dlfcn.h>
#include <torch/version.h>

namespace hybugs {

Variant::Variant(const std::string& path) {
  library_ = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) {
    const char* reason = ::dlerror();
    error_ = reason != nullptr ? reason : "cannot be loaded";
    // What LibTorch lacks or has under another name shows up here: the variant belongs to another version.
    stale_ = error_.find("undefined symbol") != std::string::npos;
    return;
  }
  const auto sdk_version = reinterpret_cast<int (*)()>(symbol("hybugs_sdk_version"));
  if (sdk_version != nullptr && sdk_version() != kSdkVersion) {
    refuse("SDK version " + std::to_string(sdk_version()), std::to_string(kSdkVersion));
    return;
  }
  const auto libtorch = reinterpret_cast<const char* (*)()>(::dlsym(library_, "hybugs_libtorch_version"));
  if (libtorch == nullptr || std::string(libtorch()) != TORCH_VERSION) {
    refuse(libtorch == nullptr ? "an unknown LibTorch" : std::string("LibTorch ") + libtorch(), TORCH_VERSION);
    return;
  }
  scenario_ = reinterpret_cast<void (*)(std::uint64_t, Scenario&)>(symbol("hybugs_scenario"));
  make_eager_ = reinterpret_cast<Program* (*)()>(symbol("hybugs_make_eager"));
  make_hybrid_ = reinterpret_cast<Program* (*)()>(symbol("hybugs_make_hybrid"));
  finalize_ = reinterpret_cast<void (*)()>(symbol("hybugs_finalize"));
}

void Variant::refuse(const std::string& built_for, const std::string& ours) {
  stale_ = true;
  error_ = "built for " + built_for + ", this host has " + ours + ": rebuild it";
}

Variant::~Variant() {
  if (finalize_ != nullptr && error_.empty()) finalize_();
}

void* Variant::symbol(const char* name) {
  void* address = ::dlsym(library_, name);
  if (address == nullptr) {
    error_ = std::string("exports no ") + name + ": is HYBUGS_CASE(scenario, Eager, Hybrid) there?";
  }
  return address;
}

Scenario Variant::scenario(std::uint64_t seed) const {
  Scenario calls;
  scenario_(seed, calls);
  return calls;
}

std::unique_ptr<Program> Variant::make(ProgramKind kind) const {
  return std::unique_ptr<Program>(kind == ProgramKind::eager ? make_eager_() : make_hybrid_());
}

}  // namespace hybugs
