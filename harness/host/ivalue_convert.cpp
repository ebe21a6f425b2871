#include "harness/host/ivalue_convert.h"

#include <ATen/ATen.h>

#include <optional>
#include <sstream>

namespace hybugs {
namespace {

std::optional<DType> to_dtype(c10::ScalarType type) {
  switch (type) {
    case c10::ScalarType::Bool:
      return DType::boolean;
    case c10::ScalarType::Byte:
      return DType::uint8;
    case c10::ScalarType::Char:
      return DType::int8;
    case c10::ScalarType::Short:
      return DType::int16;
    case c10::ScalarType::Int:
      return DType::int32;
    case c10::ScalarType::Long:
      return DType::int64;
    case c10::ScalarType::Half:
      return DType::float16;
    case c10::ScalarType::BFloat16:
      return DType::bfloat16;
    case c10::ScalarType::Float:
      return DType::float32;
    case c10::ScalarType::Double:
      return DType::float64;
    case c10::ScalarType::ComplexFloat:
      return DType::complex64;
    case c10::ScalarType::ComplexDouble:
      return DType::complex128;
    default:
      return std::nullopt;
  }
}

Value opaque(const std::string& type, const c10::IValue& value) {
  std::ostringstream text;
  try {
    text << value;
  } catch (const std::exception&) {
    text << "(not printable)";
  }
  return Value{Opaque{type, text.str()}};
}

// Nothing for a tensor that has no place in a record as it is: sparse, quantized, of another type.
std::optional<DType> dense_dtype(const at::Tensor& tensor) {
  if (tensor.layout() != c10::kStrided || tensor.is_quantized()) return std::nullopt;
  return to_dtype(tensor.scalar_type());
}

bool is_plain(const at::Tensor& tensor) {
  return tensor.is_cpu() && tensor.is_contiguous() && !tensor.is_conj() && !tensor.is_neg();
}

Value from_tensor(const at::Tensor& tensor) {
  if (!tensor.defined()) return Value{Opaque{"Tensor", "undefined"}};
  const auto dtype = dense_dtype(tensor);
  if (!dtype) {
    const std::string type = std::string("Tensor ") + c10::toString(tensor.scalar_type());
    if (tensor.layout() == c10::kStrided) return opaque(type, tensor);
    // A sparse tensor is compared by its dense value; its layout is part of the type.
    return Value{
        Sequence{Sequence::Kind::tuple, {Value{Opaque{"layout", type}}, from_tensor(tensor.detach().to_dense())}}};
  }
  const at::NoGradGuard no_grad;
  auto dense = std::make_shared<at::Tensor>(
      is_plain(tensor) ? tensor : tensor.detach().cpu().resolve_conj().resolve_neg().contiguous());
  Tensor result;
  result.dtype = *dtype;
  result.shape = dense->sizes().vec();
  result.requires_grad = tensor.requires_grad();
  result.data = static_cast<const std::byte*>(dense->data_ptr());
  result.owner = std::move(dense);
  return Value{std::move(result)};
}

template <typename List>
Value from_sequence(Sequence::Kind kind, const List& list) {
  Sequence sequence{kind, {}};
  for (const c10::IValue& item : list) sequence.items.push_back(to_value(item));
  return Value{std::move(sequence)};
}

Value from_dict(const c10::Dict<c10::IValue, c10::IValue>& dict) {
  Dict result;
  for (const auto& item : dict) result.items.emplace_back(to_value(item.key()), to_value(item.value()));
  return Value{std::move(result)};
}

}  // namespace

Value to_value(const c10::IValue& value) {
  if (value.isNone()) return Value{None{}};
  if (value.isTensor()) return from_tensor(value.toTensor());
  if (value.isBool()) return Value{value.toBool()};
  if (value.isInt()) return Value{value.toInt()};
  if (value.isDouble()) return Value{value.toDouble()};
  if (value.isComplexDouble()) {
    const auto number = value.toComplexDouble();
    return Value{std::complex<double>(number.real(), number.imag())};
  }
  if (value.isString()) return Value{value.toStringRef()};
  if (value.isTuple()) return from_sequence(Sequence::Kind::tuple, value.toTupleRef().elements().vec());
  if (value.isList()) return from_sequence(Sequence::Kind::list, value.toListRef());
  if (value.isGenericDict()) return from_dict(value.toGenericDict());
  return opaque(value.tagKind(), value);
}

std::vector<Value> to_values(const std::vector<c10::IValue>& values) {
  std::vector<Value> result;
  result.reserve(values.size());
  for (const auto& value : values) result.push_back(to_value(value));
  return result;
}

bool is_plain_tensor(const c10::IValue& value) {
  if (!value.isTensor()) return false;
  const at::Tensor& tensor = value.toTensor();
  return tensor.defined() && dense_dtype(tensor) && is_plain(tensor);
}

}  // namespace hybugs
