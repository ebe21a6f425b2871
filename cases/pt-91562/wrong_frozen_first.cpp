// The author believes that freezing with the method's name is all that was missing: the method is there again, but its
// batch normalisations are too.
#include "program.h"

namespace {

class Hybrid : public Server {
  Tensor forward(const Tensor& x) override { return served_.forward({x}).toTensor(); }

  Values inference(const Tensor& x) override {
    return served_.get_method("inference")({x}).toTupleRef().elements().vec();
  }

  Values optimise() override {
    torch::jit::Module frozen = torch::jit::freeze(loaded_, std::vector<std::string>{"inference"});
    served_ = torch::jit::optimize_for_inference(frozen, {"inference"});
    return {normalisations(served_, "forward"), normalisations(served_, "inference")};
  }

  torch::jit::Module loaded_ = scripted(trained_network());
  torch::jit::Module served_ = loaded_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
