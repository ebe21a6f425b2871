#include "program.h"

namespace {

class Hybrid : public Service {
  Tensor scores(const Tensor& x) override { return model_.forward({x}).toTensor(); }

  std::string exported() override {
    model_.eval();
    torch::jit::Module frozen = torch::jit::freeze(model_);
    model_.train();
    std::ostringstream out;
    torch::jit::optimize_for_inference(frozen).save(out);
    return out.str();
  }

  void start_server(const std::string& bytes) override {
    std::istringstream in(bytes);
    server_ = torch::jit::load(in);
  }

  Tensor served_scores(const Tensor& x) override { return server_.forward({x}).toTensor(); }

  torch::jit::Module model_ = scripted(parameters_), server_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
