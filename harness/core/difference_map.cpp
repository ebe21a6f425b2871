#include "harness/core/difference_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/core/tensor_error.h"

namespace hybugs {
namespace {

std::vector<std::int64_t> place_of(const Tensor& tensor, std::int64_t index) {
  std::vector<std::int64_t> place(tensor.shape.size());
  for (std::size_t dim = place.size(); dim-- > 0; index /= tensor.shape[dim]) place[dim] = index % tensor.shape[dim];
  return place;
}

DifferentElement element_at(const Tensor& expected, const Tensor& actual, std::size_t index, double error) {
  const auto i = static_cast<std::int64_t>(index);
  return {place_of(expected, i), describe_element(expected, i), describe_element(actual, i), error};
}

std::vector<DifferentElement> shown_elements(const Tensor& expected, const Tensor& actual,
                                             const std::vector<double>& errors) {
  std::vector<DifferentElement> shown;
  if (errors.empty()) return shown;
  const auto worst = static_cast<std::size_t>(std::max_element(errors.begin(), errors.end()) - errors.begin());
  shown.push_back(element_at(expected, actual, worst, errors[worst]));
  for (std::size_t i = 0; i < errors.size() && shown.size() < kMapElements; ++i) {
    if (i != worst && errors[i] > 1) shown.push_back(element_at(expected, actual, i, errors[i]));
  }
  return shown;
}

/// The cell, of `cells`, that position `at` of `size` falls into.
std::int64_t cell_of(std::int64_t at, std::int64_t size, std::int64_t cells) {
  return at * cells / size;
}

/// The rest of `path` behind `step`, or nullopt where it begins otherwise.
std::optional<std::string> behind(const std::string& path, const std::string& step) {
  if (path.compare(0, step.size(), step) != 0) return std::nullopt;
  return path.substr(step.size());
}

const Value* value_below(const Value& value, const std::string& path) {
  if (path.empty()) return &value;
  if (const auto* sequence = std::get_if<Sequence>(&value.data)) {
    for (std::size_t i = 0; i < sequence->items.size(); ++i) {
      if (const auto rest = behind(path, fmt::format("[{}]", i))) return value_below(sequence->items[i], *rest);
    }
  }
  if (const auto* dict = std::get_if<Dict>(&value.data)) {
    for (const auto& [key, item] : dict->items) {
      if (const auto rest = behind(path, fmt::format("[{}]", describe(key)))) return value_below(item, *rest);
    }
  }
  return nullptr;
}

}  // namespace

DifferenceMap difference_map(const Tensor& expected, const Tensor& actual, const Tolerance& tolerance) {
  const std::vector<double> errors = element_errors(expected, actual, tolerance);
  DifferenceMap map;
  map.shape = expected.shape;
  map.elements = expected.element_count();
  map.wrong = std::count_if(errors.begin(), errors.end(), [](double error) { return error > 1; });
  map.shown = shown_elements(expected, actual, errors);
  const std::int64_t width = expected.shape.empty() ? 1 : expected.shape.back();
  const std::int64_t height = width == 0 ? 0 : map.elements / width;
  map.rows = std::min(height, kMapRows);
  map.columns = std::min(width, kMapColumns);
  map.errors.resize(static_cast<std::size_t>(map.rows * map.columns));
  for (std::int64_t i = 0; i < map.elements; ++i) {
    const std::int64_t row = cell_of(i / width, height, map.rows);
    const std::int64_t column = cell_of(i % width, width, map.columns);
    double& cell = map.errors[static_cast<std::size_t>(row * map.columns + column)];
    cell = std::max(cell, errors[static_cast<std::size_t>(i)]);
  }
  return map;
}

const Value* value_at(const std::vector<Value>& outputs, const std::string& path) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const auto rest = behind(path, fmt::format("output {}", i));
    if (rest && (rest->empty() || rest->front() == '[')) return value_below(outputs[i], *rest);
  }
  return nullptr;
}

std::optional<DifferenceMap> map_of(const Disagreement& found, const std::vector<Value>& expected,
                                    const std::vector<Value>& actual, const CaseSpec& spec) {
  if (found.kind != Disagreement::Kind::value) return std::nullopt;
  const Value* one = value_at(expected, found.output);
  const Value* other = value_at(actual, found.output);
  if (one == nullptr || other == nullptr) return std::nullopt;
  const auto* left = std::get_if<Tensor>(&one->data);
  const auto* right = std::get_if<Tensor>(&other->data);
  if (left == nullptr || right == nullptr || left->shape != right->shape || left->dtype != right->dtype) {
    return std::nullopt;
  }
  return difference_map(*left, *right, spec.tolerance.value_or(default_tolerance(left->dtype)));
}

}  // namespace hybugs
