#include "harness/host/tensor_origins.h"

#include <ATen/ATen.h>

namespace hybugs {
namespace {

template <typename Visit>
void for_each_tensor(const c10::IValue& value, const Visit& visit) {
  if (value.isTensor()) {
    visit(value.toTensor());
  } else if (value.isList()) {
    for (const c10::IValue& item : value.toListRef()) for_each_tensor(item, visit);
  } else if (value.isTuple()) {
    for (const c10::IValue& item : value.toTupleRef().elements()) for_each_tensor(item, visit);
  } else if (value.isGenericDict()) {
    for (const auto& entry : value.toGenericDict()) for_each_tensor(entry.value(), visit);
  }
}

const c10::StorageImpl* storage_of(const at::Tensor& tensor) {
  return tensor.defined() && tensor.has_storage() ? tensor.storage().unsafeGetStorageImpl() : nullptr;
}

}  // namespace

bool TensorOrigins::comes_from_graph(const at::Tensor& tensor) const {
  return storages_.count(storage_of(tensor)) != 0;
}

bool TensorOrigins::has_graph_tensor(c10::ArrayRef<const c10::IValue> values) const {
  bool found = false;
  for (const c10::IValue& value : values) {
    for_each_tensor(value, [&](const at::Tensor& tensor) { found = found || comes_from_graph(tensor); });
  }
  return found;
}

void TensorOrigins::note(c10::ArrayRef<const c10::IValue> outputs, bool from_graph) {
  const auto note_tensor = [&](const at::Tensor& tensor) {
    const c10::StorageImpl* storage = storage_of(tensor);
    if (storage == nullptr) return;
    if (from_graph) {
      storages_.emplace(storage, tensor.storage().getWeakStorageImpl());
    } else {
      storages_.erase(storage);
    }
  };
  for (const c10::IValue& value : outputs) for_each_tensor(value, note_tensor);
}

std::vector<bool> TensorOrigins::of(c10::ArrayRef<const c10::IValue> values) const {
  std::vector<bool> origins;
  for (const c10::IValue& value : values) {
    for_each_tensor(value, [&](const at::Tensor& tensor) { origins.push_back(comes_from_graph(tensor)); });
  }
  return origins;
}

}  // namespace hybugs
