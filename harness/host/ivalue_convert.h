// LibTorch's values as plain values.
#pragma once

#include <ATen/core/ivalue.h>

#include <vector>

#include "harness/core/value.h"

namespace hybugs {

/// Tensors become contiguous CPU memory that the result keeps alive; nothing else is copied. A tensor that later
/// changes in place changes with it: write it out before the program runs on.
Value to_value(const c10::IValue& value);
std::vector<Value> to_values(const std::vector<c10::IValue>& values);

/// A tensor that to_value() would take as it lies in memory.
bool is_plain_tensor(const c10::IValue& value);

}  // namespace hybugs
