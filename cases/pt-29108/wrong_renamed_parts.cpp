// The author renames the parts of the network too, and with them the parameters, which other programs know by name.
#include "program.h"

namespace {

class Hybrid : public Retraining {
 public:
  Hybrid() {
    const State state = initial_state();
    const auto unit = std::make_shared<torch::jit::CompilationUnit>();
    // Each part of the network has a class of its own, called after its place.
    const auto part = [&](const std::string& place) {
      return torch::jit::Module(c10::QualifiedName("__torch__.modelv2" + place), unit);
    };
    torch::jit::Module features = part(".features");
    const char* const scripts[] = {kConvolution, kResidual, kResidual, kConvolution};
    for (int i = 0; i < 4; ++i) {
      const std::string number = "layer_" + std::to_string(i);
      torch::jit::Module layer = part(".features." + number);
      register_parameters(layer, "features." + std::to_string(i) + ".", state);
      layer.define(scripts[i]);
      features.register_module(number, layer);
    }
    features.define(R"(
def forward(self, x):
    return self.layer_3.forward(self.layer_2.forward(self.layer_1.forward(self.layer_0.forward(x))))
)");
    torch::jit::Module classifier = part(".classifier");
    register_parameters(classifier, "classifier.", state);
    classifier.define(kClassifier);
    network_ = part("");
    network_.register_module("features", features);
    network_.register_module("classifier", classifier);
    network_.define(kNetwork);
  }

 private:
  Tensor scores(const Tensor& x) override { return network_.forward({x}).toTensor(); }

  State state() const override {
    State all;
    for (const auto& parameter : network_.named_parameters()) all[parameter.name] = parameter.value;
    return all;
  }

  std::string written() const override {
    std::ostringstream out;
    network_.save(out);
    return out.str();
  }

  void read(const std::string& bytes) override {
    std::istringstream in(bytes);
    network_ = torch::jit::load(in);
  }

  torch::jit::Module network_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
