#include "harness/host/blas_info.h"

#include <dlfcn.h>
#include <link.h>
#include <sys/stat.h>

#include <cstring>
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

int remember_libtorch(dl_phdr_info* library, std::size_t, void* result) {
  if (std::strstr(library->dlpi_name, "libtorch_cpu") == nullptr) return 0;
  *static_cast<std::string*>(result) = library->dlpi_name;
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

std::string loaded_libtorch() {
  std::string path;
  ::dl_iterate_phdr(remember_libtorch, &path);
  struct stat file = {};
  if (::stat(path.c_str(), &file) != 0) return path;
  return path + " " + std::to_string(file.st_size) + " " + std::to_string(file.st_mtime);
}

std::string blas_threads() {
  const auto count = find<int (*)()>("openblas_get_num_threads");
  return count == nullptr ? "unknown" : std::to_string(count());
}

}  // namespace hybugs
