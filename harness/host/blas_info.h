// Which BLAS library LibTorch really loaded. It changes the time of a matrix product several-fold.
#pragma once

#include <string>

namespace hybugs {

/// File of the loaded BLAS library, links resolved, and OpenBLAS's own description where there is one.
std::string loaded_blas();

/// The number of threads that OpenBLAS uses in this process, or `unknown`.
std::string blas_threads();

/// The file of LibTorch's kernels with its size and time: one that was built again under the same version is another.
std::string loaded_libtorch();

}  // namespace hybugs
