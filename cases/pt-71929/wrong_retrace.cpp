// The author believes that a recording is good for one mode at one time, and records before each run.
#include "program.h"

namespace {

/// Records a run of `module` and returns what it computed.
Tensor record(torch::jit::Module& module, const Tensor& images) {
  const auto function = [&](const torch::jit::Stack& in) {
    std::vector<Tensor> w;
    for (const char* name : kNames) w.push_back(module.attr(name).toTensor());
    return torch::jit::Stack{network(in[0].toTensor(), w, module.is_training())};
  };
  const auto traced = torch::jit::tracer::trace(
      {images}, function, [](const torch::autograd::Variable&) { return std::string(); }, true, false, &module);
  return traced.second[0].toTensor();
}

class Hybrid : public Classifier {
 protected:
  void deploy(const std::vector<Tensor>& w) override { deployed_ = through_file(make_module(w)); }

  Tensor run(const Tensor& images, bool training) override {
    deployed_.train(training);
    return record(deployed_, images);
  }

 private:
  torch::jit::Module deployed_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
