// Where two tensors differ: a picture small enough for a page, and a few elements as numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/compare.h"
#include "harness/core/value.h"

namespace hybugs {

/// Most rows and columns of a picture, and most elements that are shown as numbers.
inline constexpr std::int64_t kMapRows = 24;
inline constexpr std::int64_t kMapColumns = 64;
inline constexpr std::size_t kMapElements = 8;

struct DifferentElement {
  std::vector<std::int64_t> place;
  std::string expected;
  std::string got;
  double error = 0;  // as a multiple of the tolerance
};

/// The last dimension of a tensor runs along the columns of its picture, all others along the rows. A cell that stands
/// for several elements has the largest of their errors.
struct DifferenceMap {
  std::vector<std::int64_t> shape;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::vector<double> errors;  // rows x columns, as multiples of the tolerance
  std::int64_t wrong = 0;      // elements beyond the tolerance
  std::int64_t elements = 0;
  std::vector<DifferentElement> shown;  // the worst one, then the first others beyond the tolerance
};

/// Of two tensors of the same shape and dtype.
DifferenceMap difference_map(const Tensor& expected, const Tensor& actual, const Tolerance& tolerance);

/// The value within `outputs` that a disagreement names (`output 1[2]['loss']`); nullptr when there is none.
const Value* value_at(const std::vector<Value>& outputs, const std::string& path);

/// The map of the tensors that `found` is about; nullopt where it is no difference of values between tensors.
std::optional<DifferenceMap> map_of(const Disagreement& found, const std::vector<Value>& expected,
                                    const std::vector<Value>& actual, const CaseSpec& spec);

}  // namespace hybugs
