// The author believes that inference uses the optimised forward: each module has its own copy of the code.
#include "program.h"

namespace {

class Hybrid : public Server {
  Tensor forward(const Tensor& x) override { return served_.forward({x}).toTensor(); }

  Values inference(const Tensor& x) override {
    return loaded_.get_method("inference")({x}).toTupleRef().elements().vec();
  }

  Values optimise() override {
    served_ = torch::jit::optimize_for_inference(loaded_);
    return {normalisations(served_, "forward"), normalisations(loaded_, "inference")};
  }

  torch::jit::Module loaded_ = scripted(trained_network());
  torch::jit::Module served_ = loaded_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
