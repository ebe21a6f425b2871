#include "program.h"

namespace {

constexpr const char* kSlicer = R"(
def rows(column, begin: int, end: int):
    return column[begin:end]

def slicer(batch: Dict[str, Tensor], begin: int, end: int) -> Dict[str, Tensor]:
    user = fork(rows, batch["user"], begin, end)
    item = fork(rows, batch["item"], begin, end)
    y = fork(rows, batch["y"], begin, end)
    return {"user": torch.wait(user), "item": torch.wait(item), "y": torch.wait(y)}
)";

class Hybrid : public Recommender {
 public:
  // With a second thread the pool can't block itself, the author knows. But the application has chosen the pool's size
  // already, and LibTorch takes it only once.
  Hybrid() { at::set_num_interop_threads(2); }

 protected:
  Batch slice(const Batch& batch, int64_t begin, int64_t end) override {
    return script_->get_function("slicer")({batch, begin, end}).to<Batch>();
  }

  Tensor train_step(const Batch& batch) override {
    const auto result = script_->get_function("train_step")({batch, weights_, kRate}).toTuple();
    weights_ = result->elements()[1].toTensorVector();
    return result->elements()[0].toTensor();
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> script_ = compile_with_fork(std::string(kTrainStep) + kSlicer);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
