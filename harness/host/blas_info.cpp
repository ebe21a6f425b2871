#include "harness/host/blas_info.h"

#include <dlfcn.h>
#include <link.h>

#include <filesystem>

namespace hybugs {
namespace {

int remember_blas(dl_phdr_info* library, std::size_t, void* result) {
  const std::string path = library->dlpi_name;
  const std::string name = path.substr(path.rfind('/') + 1);
  if (name.find("blas") == std::string::npos && name.find("mkl") == std::string::npos) return 0;
  std::error_code ignored;
  *static_cast<std::string*>(result) = std::filesystem::canonical(path, ignored).string();
  return 1;
}

template <typename Function>
Function find(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, name));
}

}  // namespace

std::string loaded_blas() {
  std::string path;
  ::dl_iterate_phdr(remember_blas, &path);
  const auto describe = find<const char* (*)()>("openblas_get_config");
  return describe == nullptr ? path : path + " (" + describe() + ")";
}

std::string blas_threads() {
  const auto count = find<int (*)()>("openblas_get_num_threads");
  return count == nullptr ? "unknown" : std::to_string(count());
}

}  // namespace hybugs
