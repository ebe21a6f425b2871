#include "harness/core/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <type_traits>

#include "harness/core/tensor_error.h"

namespace hybugs {
namespace {

using Kind = Disagreement::Kind;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Tolerance tolerance_for(DType dtype, const CaseSpec& spec) {
  return spec.tolerance.value_or(default_tolerance(dtype));
}

/// A number as a tensor without dimensions, which borrows it.
template <typename Number>
Tensor borrowed(DType dtype, const Number& number) {
  return {dtype, {}, false, reinterpret_cast<const std::byte*>(&number), nullptr};
}

/// `-0.17 at [3, 1]`; no place where there are no dimensions.
std::string element_text(const Tensor& tensor, std::int64_t index) {
  const std::string element = describe_element(tensor, index);
  if (tensor.shape.empty()) return element;
  std::vector<std::int64_t> place(tensor.shape.size());
  for (std::size_t dim = place.size(); dim-- > 0; index /= tensor.shape[dim]) place[dim] = index % tensor.shape[dim];
  return fmt::format("{} at [{}]", element, fmt::join(place, ", "));
}

/// Keys are matched by their exact text: a key is looked up, not computed with.
std::string key_text(const Value& key) {
  return describe_type(key) + ' ' + describe(key, std::string::npos);
}

std::map<std::string, const Value*> by_key(const Dict& dict) {
  std::map<std::string, const Value*> values;
  for (const auto& [key, value] : dict.items) values.emplace(key_text(key), &value);
  return values;
}

std::string describe_keys(const Dict& dict) {
  Sequence keys;
  for (const auto& item : dict.items) keys.items.push_back(item.first);
  return "keys " + describe(Value{std::move(keys)});
}

/// Where two texts begin to differ.
std::size_t first_difference(const std::string& one, const std::string& other) {
  const auto end = one.begin() + static_cast<std::ptrdiff_t>(std::min(one.size(), other.size()));
  return static_cast<std::size_t>(std::mismatch(one.begin(), end, other.begin()).first - one.begin());
}

/// A text from shortly before `difference` on, so that a long one shows what differs.
std::string text_from(const std::string& text, std::size_t difference) {
  constexpr std::size_t kShownBefore = 30;
  if (difference <= 2 * kShownBefore) return describe(Value{text});
  const std::size_t begin = character_start(text, difference - kShownBefore);
  return fmt::format("{} from byte {} on", describe(Value{text.substr(begin)}), begin);
}

/// Walks two values side by side and keeps the largest error, the first of equals; what no number says is infinite.
class Comparison {
 public:
  Comparison(const CaseSpec& spec, std::string path) : spec_(spec), path_(std::move(path)) {}

  const Disagreement& worst() const { return worst_; }

  void compare(const Value& expected, const Value& actual) {
    if (expected.data.index() != actual.data.index()) return note_types(Kind::type, expected, actual);
    std::visit([&](const auto& data) { compare_data(data, std::get<std::decay_t<decltype(data)>>(actual.data)); },
               expected.data);
  }

 private:
  void compare_data(None, None) {}
  void compare_data(bool expected, bool actual) { compare_exact(expected, actual, expected == actual); }
  void compare_data(std::int64_t expected, std::int64_t actual) { compare_exact(expected, actual, expected == actual); }

  void compare_data(double expected, double actual) {
    compare_elements(borrowed(DType::float64, expected), borrowed(DType::float64, actual));
  }

  void compare_data(const std::complex<double>& expected, const std::complex<double>& actual) {
    compare_elements(borrowed(DType::complex128, expected), borrowed(DType::complex128, actual));
  }

  void compare_data(const std::string& expected, const std::string& actual) {
    if (expected == actual) return;
    const std::size_t difference = first_difference(expected, actual);
    note(Kind::value, kInfinity, text_from(expected, difference), text_from(actual, difference));
  }

  void compare_data(const Tensor& expected, const Tensor& actual) {
    if (expected.shape != actual.shape) return note_types(Kind::shape, Value{expected}, Value{actual});
    if (expected.dtype != actual.dtype) return note_types(Kind::dtype, Value{expected}, Value{actual});
    if (spec_.compare.requires_grad && expected.requires_grad != actual.requires_grad) {
      const auto text = [](const Tensor& tensor) { return tensor.requires_grad ? "true" : "false"; };
      return note(Kind::requires_grad, kInfinity, text(expected), text(actual));
    }
    compare_elements(expected, actual);
  }

  void compare_data(const Sequence& expected, const Sequence& actual) {
    if (expected.kind != actual.kind) return note_types(Kind::type, Value{expected}, Value{actual});
    if (expected.items.size() != actual.items.size()) return note_types(Kind::count, Value{expected}, Value{actual});
    for (std::size_t i = 0; i < expected.items.size() && !settled(); ++i) {
      compare_item(fmt::format("[{}]", i), expected.items[i], actual.items[i]);
    }
  }

  void compare_data(const Dict& expected, const Dict& actual) {
    auto unmatched = by_key(actual);
    for (const auto& [key, value] : expected.items) {
      const auto found = unmatched.find(key_text(key));
      if (found == unmatched.end()) return note_keys(expected, actual);
      if (!settled()) compare_item(fmt::format("[{}]", describe(key)), value, *found->second);
      unmatched.erase(found);
    }
    if (!unmatched.empty()) note_keys(expected, actual);
  }

  void compare_data(const Opaque& expected, const Opaque& actual) {
    if (expected.type != actual.type) return note_types(Kind::type, Value{expected}, Value{actual});
    compare_exact(expected, actual, expected.text == actual.text);
  }

  template <typename Data>
  void compare_exact(const Data& expected, const Data& actual, bool same) {
    if (!same) note(Kind::value, kInfinity, describe(Value{expected}), describe(Value{actual}));
  }

  void compare_elements(const Tensor& expected, const Tensor& actual) {
    const TensorError worst = tensor_error(expected, actual, tolerance_for(expected.dtype, spec_));
    if (worst.error <= worst_.error) return;
    note(Kind::value, worst.error, element_text(expected, worst.index), element_text(actual, worst.index));
  }

  void compare_item(const std::string& step, const Value& expected, const Value& actual) {
    const std::size_t length = path_.size();
    path_ += step;
    compare(expected, actual);
    path_.resize(length);
  }

  void note_types(Kind kind, const Value& expected, const Value& actual) {
    note(kind, kInfinity, describe_type(expected), describe_type(actual));
  }

  void note_keys(const Dict& expected, const Dict& actual) {
    note(Kind::count, kInfinity, describe_keys(expected), describe_keys(actual));
  }

  void note(Kind kind, double error, std::string expected, std::string got) {
    if (error <= worst_.error) return;
    worst_.kind = kind;
    worst_.output = path_;
    worst_.error = error;
    worst_.expected = std::move(expected);
    worst_.got = std::move(got);
  }

  /// Nothing can be worse.
  bool settled() const { return worst_.error == kInfinity; }

  const CaseSpec& spec_;
  std::string path_;
  Disagreement worst_;
};

/// `error 2.3e+05 x tolerance, `, `other shape, `; empty where the two values say it all.
std::string difference_text(const Disagreement& found) {
  if (found.kind != Kind::value) return fmt::format("other {}, ", kind_name(found.kind));
  return std::isinf(found.error) ? "" : fmt::format("error {:.3g} x tolerance, ", found.error);
}

}  // namespace

const char* kind_name(Kind kind) {
  constexpr std::array<const char*, 13> kNames = {"value",         "shape",         "dtype",        "type",    "count",
                                                  "requires_grad", "exception",     "no_exception", "message", "crash",
                                                  "hang",          "out_of_memory", "missing"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool is_wrong_result(Kind kind) {
  return kind <= Kind::requires_grad || kind == Kind::no_exception;
}

std::string Disagreement::text() const {
  const std::string where = call == kConstruct ? "construct" : fmt::format("call {}", call);
  if (kind >= Kind::exception) return fmt::format("{}: {}, eager {}", where, got, expected);
  const std::string separator = output.empty() ? "" : ", ";
  return fmt::format("{}{}{}: {}expected {}, got {}", where, separator, output, difference_text(*this), expected, got);
}

Tolerance default_tolerance(DType dtype) {
  switch (dtype) {
    case DType::float16:
      return {1e-3, 1e-5};
    case DType::bfloat16:
      return {1.6e-2, 1e-5};
    case DType::float32:
    case DType::complex64:
      return {1.3e-6, 1e-5};
    case DType::float64:
    case DType::complex128:
      return {1e-7, 1e-7};
    default:
      return {};
  }
}

std::optional<Disagreement> compare_values(const Value& expected, const Value& actual, const CaseSpec& spec,
                                           const std::string& path, double limit) {
  Comparison comparison(spec, path);
  comparison.compare(expected, actual);
  if (comparison.worst().error <= limit) return std::nullopt;
  return comparison.worst();
}

}  // namespace hybugs
