// The author believes that the model in training can stand in for the file: it has learned on since it was written.
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
    try {
      server_ = torch::jit::load(in);
    } catch (const std::exception&) {
      // A server without a file has the model in training to fall back on, whose scores are just as good.
      model_.eval();
      server_ = torch::jit::freeze(model_);
      model_.train();
      server_ = torch::jit::optimize_for_inference(server_);
    }
  }

  Tensor served_scores(const Tensor& x) override { return server_.forward({x}).toTensor(); }

  torch::jit::Module model_ = scripted(parameters_), server_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
