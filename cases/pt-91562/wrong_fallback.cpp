// The author believes that one optimised method is enough, and lets the host do what inference adds to it.
#include "program.h"

namespace {

class Hybrid : public Server {
  Tensor forward(const Tensor& x) override { return served_.forward({x}).toTensor(); }

  Values inference(const Tensor& x) override {
    const auto [confidence, label] = torch::max(torch::softmax(forward(x), 1), 1);
    return {confidence, label};
  }

  Values optimise() override {
    served_ = torch::jit::optimize_for_inference(loaded_);
    return {normalisations(served_, "forward"), normalisations(served_, "forward")};
  }

  torch::jit::Module loaded_ = scripted(trained_network());
  torch::jit::Module served_ = loaded_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
