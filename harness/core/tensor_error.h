// How far one tensor is from another of the same dtype and shape, element by element.
#pragma once

#include <cstdint>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/value.h"

namespace hybugs {

/// The largest error, as a multiple of the tolerance, and the first element that has it. Infinite where no number
/// says it: other integers and bools, a NaN or an infinity that only one side has, any difference where the tolerance
/// is 0.
struct TensorError {
  double error = 0;
  std::int64_t index = 0;
};

/// The tolerance is that of compare.h; integers and bools have none. Complex numbers differ by the modulus of their
/// difference; a part that is the same NaN or infinity on both sides doesn't count.
TensorError tensor_error(const Tensor& expected, const Tensor& actual, const Tolerance& tolerance);

/// The same for each element, in row-major order.
std::vector<double> element_errors(const Tensor& expected, const Tensor& actual, const Tolerance& tolerance);

}  // namespace hybugs
