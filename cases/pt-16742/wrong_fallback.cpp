// The author gives up the file's code: a file keeps the parameters and the mode, and the host computes.
#include "program.h"

namespace {

class Hybrid : public Service {
 public:
  Hybrid() {
    const Tensors w = initial_weights();
    const char* const names[] = {"weight0", "bias0", "weight1", "bias1"};
    for (size_t i = 0; i < w.size(); ++i) module_.register_parameter(names[i], w[i], /*is_buffer=*/false);
    module_.register_attribute("training", c10::BoolType::get(), true);
  }

 private:
  Tensor logits(const Tensor& x) override {
    const Tensors w = weights();
    const Tensor hidden = torch::relu(torch::linear(x, w[0], w[1]));
    return torch::linear(torch::dropout(hidden, kDropout, module_.is_training()), w[2], w[3]);
  }

  Tensors weights() const override {
    Tensors all;
    for (const Tensor& weight : module_.parameters()) all.push_back(weight);
    return all;
  }

  void set_training(bool training) override { module_.train(training); }

  std::string written() const override {
    std::ostringstream out;
    module_.save(out);
    return out.str();
  }

  void read(const std::string& bytes) override {
    std::istringstream in(bytes);
    module_ = torch::jit::load(in);
  }

  torch::jit::Module module_{"Classifier"};
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
