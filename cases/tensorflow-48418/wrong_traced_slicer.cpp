#include "harness/sdk/trace.h"
#include "program.h"

namespace {

class Hybrid : public Recommender {
 protected:
  Batch slice(const Batch& batch, int64_t begin, int64_t end) override {
    // A trace has no tasks of its own to wait for, the author thinks. It has no begin and end either: both are baked.
    const hybugs::Values columns = {batch.at("user"), batch.at("item"), batch.at("y")};
    if (!slicer_) {
      const auto rows = [begin, end](const hybugs::Values& in) {
        hybugs::Values out;
        for (const auto& column : in) out.emplace_back(column.toTensor().slice(0, begin, end));
        return out;
      };
      slicer_ = std::make_unique<hybugs::TracedFunction>("slicer", rows, columns);
    }
    const hybugs::Values rows = (*slicer_)(columns);
    Batch small;
    small.insert("user", rows[0].toTensor());
    small.insert("item", rows[1].toTensor());
    small.insert("y", rows[2].toTensor());
    return small;
  }

  Tensor train_step(const Batch& batch) override {
    const auto result = script_->get_function("train_step")({batch, weights_, kRate}).toTuple();
    weights_ = result->elements()[1].toTensorVector();
    return result->elements()[0].toTensor();
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> slicer_;
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kTrainStep);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
