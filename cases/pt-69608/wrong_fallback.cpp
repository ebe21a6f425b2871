// The author believes that only weights are safe in a file: the server takes them and computes imperatively.
#include "program.h"

namespace {

class Hybrid : public Service {
  Tensor scores(const Tensor& x) override { return model_.forward({x}).toTensor(); }

  std::string exported() override {
    std::ostringstream out;
    model_.save(out);
    return out.str();
  }

  void start_server(const std::string& bytes) override {
    std::istringstream in(bytes);
    served_.clear();
    for (const Tensor& parameter : torch::jit::load(in).parameters()) served_.push_back(parameter);
  }

  Tensor served_scores(const Tensor& x) override { return classify(x, served_); }

  torch::jit::Module model_ = scripted(parameters_);
  Tensors served_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
