// Which tensors come from graphs.
#pragma once

#include <ATen/core/ivalue.h>
#include <c10/core/StorageImpl.h>

#include <unordered_map>
#include <vector>

namespace hybugs {

/// Storages that hold what a graph computed, or what operators made of that.
class TensorOrigins {
 public:
  /// Whether one of the values is, or has, a tensor that comes from a graph.
  bool has_graph_tensor(c10::ArrayRef<const c10::IValue> values) const;

  /// The outputs of an operator: they come from a graph or they don't, whatever was in their place before.
  void note(c10::ArrayRef<const c10::IValue> outputs, bool from_graph);

  /// For each tensor among the values, depth first, whether it comes from a graph.
  std::vector<bool> of(c10::ArrayRef<const c10::IValue> values) const;

 private:
  bool comes_from_graph(const at::Tensor& tensor) const;

  // The weak reference keeps the address from being used again.
  std::unordered_map<const c10::StorageImpl*, c10::weak_intrusive_ptr<c10::StorageImpl>> storages_;
};

}  // namespace hybugs
