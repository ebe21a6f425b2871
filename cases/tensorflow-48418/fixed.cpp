#include "program.h"

namespace {

class Hybrid : public Recommender {
 protected:
  Batch slice(const Batch& batch, int64_t begin, int64_t end) override {
    Batch rows;
    for (const auto& column : batch) rows.insert(column.key(), column.value().slice(0, begin, end));
    return rows;
  }

  Tensor train_step(const Batch& batch) override {
    const auto result = script_->get_function("train_step")({batch, weights_, kRate}).toTuple();
    weights_ = result->elements()[1].toTensorVector();
    return result->elements()[0].toTensor();
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kTrainStep);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
