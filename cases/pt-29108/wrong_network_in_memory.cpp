// The author believes that a file which can't be read isn't needed, because it was written by this process: but the
// network in memory learns on.
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
      const std::string number = std::to_string(i);
      torch::jit::Module layer = part(".features." + number);
      register_parameters(layer, "features." + number + ".", state);
      layer.define(scripts[i]);
      features.register_module(number, layer);
    }
    features.define(kFeatures);
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
    try {
      network_ = torch::jit::load(in);
    } catch (const std::exception&) {
      // The network in memory was retrained just now, so it is as good as the file.
    }
  }

  torch::jit::Module network_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
