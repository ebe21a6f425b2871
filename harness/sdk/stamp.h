// What every variant carries beside its case: the LibTorch that it was compiled for. The build includes it; cases
// don't.
#pragma once

#include <torch/version.h>

extern "C" __attribute__((visibility("default"), used)) inline const char* hybugs_libtorch_version() {
  return TORCH_VERSION;
}
