#include "program.h"

namespace {

class Hybrid : public Service {
  Tensor scores(const Tensor& x) override { return model_.forward({x}).toTensor(); }

  std::string exported() override {
    model_.eval();
    const torch::jit::Module frozen = torch::jit::freeze(model_);
    model_.train();
    std::ostringstream out;
    frozen.save(out);
    return out.str();
  }

  void start_server(const std::string& bytes) override {
    std::istringstream in(bytes);
    // The optimised form belongs to this machine and can't be written.
    torch::jit::Module loaded = torch::jit::load(in);
    server_ = torch::jit::optimize_for_inference(loaded);
  }

  Tensor served_scores(const Tensor& x) override { return server_.forward({x}).toTensor(); }

  torch::jit::Module model_ = scripted(parameters_), server_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
