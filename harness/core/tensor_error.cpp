#include "harness/core/tensor_error.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstring>
#include <limits>

namespace hybugs {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What one element may be off: `absolute` is scaled already.
struct Allowance {
  double absolute;
  double relative;
};

double magnitude(double number) {
  return std::fabs(number);
}
double magnitude(const std::complex<double>& number) {
  return std::abs(number);
}

/// Cheap bounds of a magnitude, so that most elements need neither a division nor a square root.
double at_most(double number) {
  return std::fabs(number);
}
double at_least(double number) {
  return std::fabs(number);
}
double at_most(const std::complex<double>& number) {
  return std::fabs(number.real()) + std::fabs(number.imag());
}
double at_least(const std::complex<double>& number) {
  return std::max(std::fabs(number.real()), std::fabs(number.imag()));
}

double error_of(double expected, double actual, const Allowance& allowed) {
  if (expected == actual) return 0;  // infinities and signed zeros too
  const double error = std::fabs(actual - expected) / (allowed.absolute + allowed.relative * std::fabs(expected));
  if (error < kInfinity) return error;
  return std::isnan(expected) && std::isnan(actual) ? 0 : kInfinity;
}

bool same_and_not_finite(double expected, double actual) {
  return std::isnan(expected) ? std::isnan(actual) : std::isinf(expected) && expected == actual;
}

double error_of(std::complex<double> expected, std::complex<double> actual, const Allowance& allowed) {
  if (same_and_not_finite(expected.real(), actual.real())) expected.real(0), actual.real(0);
  if (same_and_not_finite(expected.imag(), actual.imag())) expected.imag(0), actual.imag(0);
  if (expected == actual) return 0;
  const double error = std::abs(actual - expected) / (allowed.absolute + allowed.relative * std::abs(expected));
  return error < kInfinity ? error : kInfinity;  // a NaN is not less
}

/// Surely below `limit` times the allowance; never for NaN.
template <typename Number>
bool surely_below(double limit, const Number& expected, const Number& actual, const Allowance& allowed) {
  return at_most(actual - expected) < limit * (allowed.absolute + allowed.relative * at_least(expected));
}

/// `load` reads an element as the number to compare.
template <typename Load>
double largest_finite_magnitude(const Tensor& tensor, Load load) {
  double largest = 0;
  for (std::int64_t i = 0, count = tensor.element_count(); i < count; ++i) {
    const auto number = load(tensor.data, i);
    if (at_most(number) > largest && magnitude(number) < kInfinity) largest = std::max(largest, magnitude(number));
  }
  return largest;
}

template <typename Load>
Allowance allowance_for(const Tensor& expected, const Tolerance& tolerance, Load load) {
  const double scale = largest_finite_magnitude(expected, load);
  return {tolerance.atol * (scale > 0 ? scale : 1), tolerance.rtol};
}

template <typename Load>
TensorError largest_error(const Tensor& expected, const Tensor& actual, const Tolerance& tolerance, Load load) {
  const Allowance allowed = allowance_for(expected, tolerance, load);
  TensorError worst;
  for (std::int64_t i = 0, count = expected.element_count(); i < count && worst.error < kInfinity; ++i) {
    const auto one = load(expected.data, i);
    const auto other = load(actual.data, i);
    if (surely_below(worst.error, one, other, allowed)) continue;
    const double error = error_of(one, other, allowed);
    if (error > worst.error) worst = {error, i};
  }
  return worst;
}

/// For types without tolerance.
template <typename Load>
TensorError first_difference(const Tensor& expected, const Tensor& actual, Load load) {
  for (std::int64_t i = 0, count = expected.element_count(); i < count; ++i) {
    if (load(expected.data, i) != load(actual.data, i)) return {kInfinity, i};
  }
  return {};
}

/// By memcpy, which costs nothing: a tensor inside a received frame may lie at any address.
template <typename Stored>
Stored read(const std::byte* data, std::int64_t index) {
  Stored stored;
  std::memcpy(&stored, data + static_cast<std::size_t>(index) * sizeof(Stored), sizeof(Stored));
  return stored;
}

template <typename Stored, typename Number = Stored>
struct Load {
  Number operator()(const std::byte* data, std::int64_t i) const { return static_cast<Number>(read<Stored>(data, i)); }
};

template <float (*to_float)(std::uint16_t)>
struct LoadShortFloat {
  double operator()(const std::byte* data, std::int64_t i) const { return to_float(read<std::uint16_t>(data, i)); }
};

struct LoadBool {
  bool operator()(const std::byte* data, std::int64_t i) const { return data[i] != std::byte{0}; }
};

bool same_bytes(const Tensor& expected, const Tensor& actual) {
  const std::size_t size = expected.byte_count();
  return size == 0 || std::memcmp(expected.data, actual.data, size) == 0;
}

/// Calls `exact` for types without tolerance and `near` for the others, with what loads an element of `dtype`.
template <typename Exact, typename Near>
auto by_dtype(DType dtype, Exact exact, Near near) {
  switch (dtype) {
    case DType::boolean:
      return exact(LoadBool());
    case DType::uint8:
      return exact(Load<std::uint8_t>());
    case DType::int8:
      return exact(Load<std::int8_t>());
    case DType::int16:
      return exact(Load<std::int16_t>());
    case DType::int32:
      return exact(Load<std::int32_t>());
    case DType::int64:
      return exact(Load<std::int64_t>());
    case DType::float16:
      return near(LoadShortFloat<half_to_float>());
    case DType::bfloat16:
      return near(LoadShortFloat<bfloat16_to_float>());
    case DType::float32:
      return near(Load<float, double>());
    case DType::float64:
      return near(Load<double>());
    case DType::complex64:
      return near(Load<std::complex<float>, std::complex<double>>());
    case DType::complex128:
      break;
  }
  return near(Load<std::complex<double>>());
}

}  // namespace

TensorError tensor_error(const Tensor& expected, const Tensor& actual, const Tolerance& tolerance) {
  if (same_bytes(expected, actual)) return {};
  return by_dtype(
      expected.dtype, [&](auto load) { return first_difference(expected, actual, load); },
      [&](auto load) { return largest_error(expected, actual, tolerance, load); });
}

std::vector<double> element_errors(const Tensor& expected, const Tensor& actual, const Tolerance& tolerance) {
  std::vector<double> errors(static_cast<std::size_t>(expected.element_count()));
  const auto exact = [&](auto load) {
    for (std::size_t i = 0; i < errors.size(); ++i) {
      const auto index = static_cast<std::int64_t>(i);
      errors[i] = load(expected.data, index) == load(actual.data, index) ? 0 : kInfinity;
    }
  };
  const auto near = [&](auto load) {
    const Allowance allowed = allowance_for(expected, tolerance, load);
    for (std::size_t i = 0; i < errors.size(); ++i) {
      const auto index = static_cast<std::int64_t>(i);
      errors[i] = error_of(load(expected.data, index), load(actual.data, index), allowed);
    }
  };
  by_dtype(expected.dtype, exact, near);
  return errors;
}

}  // namespace hybugs
