// A small regression network that is exported to a file, loaded again, and trained further on new data.
#pragma once

#include <cmath>
#include <map>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;
using torch::jit::Module;

constexpr int64_t kFeatures = 10;

/// Linear layer, batch normalisation, and a factor for the result; parameters by the names that these parts have.
inline Module make_net() {
  const auto normal = [](const std::vector<int64_t>& shape) { return torch::randn(shape, torch::kFloat64); };
  Module linear("__torch__.Linear"), norm("__torch__.BatchNorm"), net("__torch__.Net");
  linear.register_parameter("weight", (normal({kFeatures, kFeatures}) / std::sqrt(10.0)).requires_grad_(), false);
  linear.register_parameter("bias", (0.1 * normal({kFeatures})).requires_grad_(), false);
  norm.register_parameter("weight", (1 + 0.1 * normal({kFeatures})).requires_grad_(), false);
  norm.register_parameter("bias", (0.1 * normal({kFeatures})).requires_grad_(), false);
  norm.register_buffer("running_mean", 0.1 * normal({kFeatures}));
  norm.register_buffer("running_var", 0.5 + normal({kFeatures}).square());
  net.register_module("linear", linear);
  net.register_module("norm", norm);
  net.register_parameter("par", torch::full({1}, 2.0, torch::kFloat64).requires_grad_(), false);
  return net;
}

/// x [B, features] -> [B, features]; normalises by the running statistics.
inline Tensor forward(const Module& net, const Tensor& x) {
  const Module linear = net.attr("linear").toModule(), norm = net.attr("norm").toModule();
  const auto of = [](const Module& part, const char* name) { return part.attr(name).toTensor(); };
  const Tensor y = torch::addmm(of(linear, "bias"), x, of(linear, "weight"));
  const Tensor z = torch::batch_norm(y, of(norm, "weight"), of(norm, "bias"), of(norm, "running_mean"),
                                     of(norm, "running_var"), false, 0.1, 1e-5, false);
  return of(net, "par") * z;
}

/// Makes forward() of `net` a method of `owner`, recorded on `example`.
inline void record_forward(Module& owner, const Module& net, const Tensor& example) {
  const auto function = [&](const torch::jit::Stack& in) { return torch::jit::Stack{forward(net, in[0].toTensor())}; };
  const auto traced = torch::jit::tracer::trace(
      {example}, function, [](const torch::autograd::Variable&) { return std::string(); }, /*strict=*/true,
      /*force_outplace=*/false, &owner);
  const auto unit = owner._ivalue()->compilation_unit();
  const c10::QualifiedName name(*owner.type()->name(), "forward");
  owner.type()->addMethod(unit->create_function(name, traced.first->graph));
}

/// The network as it comes back from its file.
inline Module through_file(const Module& net) {
  std::stringstream file;
  net.save(file);
  return torch::jit::load(file);
}

/// Calls: ("predict", x) gives the outputs. ("export", example) writes the network to a file and goes on with what is
/// loaded from it. ("summary") gives the number of its parameters, their names and
/// sizes. ("finetune", x, y, rate, steps) takes steps
/// of gradient descent on the mean squared error and gives the losses.
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string& phase = in[0].toStringRef();
    if (phase == "predict") {
      const torch::NoGradGuard no_grad;
      return {run(in[1].toTensor())};
    }
    if (phase == "export") {
      net_ = exported(in[1].toTensor());
      return {};
    }
    if (phase == "finetune") return {finetune(in[1].toTensor(), in[2].toTensor(), in[3].toDouble(), in[4].toInt())};
    std::map<std::string, int64_t> parameters;
    for (const auto& parameter : net_.named_parameters()) parameters[parameter.name] = parameter.value.numel();
    std::vector<std::string> names;
    std::vector<int64_t> sizes;
    for (const auto& [name, size] : parameters) {
      names.push_back(name);
      sizes.push_back(size);
    }
    return {static_cast<int64_t>(parameters.size()), names, sizes};
  }

 protected:
  /// The network, written to a file and loaded.
  virtual Module exported(const Tensor& /*example*/) { return through_file(net_); }

  virtual Tensor run(const Tensor& x) { return forward(net_, x); }

  Module net_ = make_net();

 private:
  Tensor finetune(const Tensor& x, const Tensor& y, double rate, int64_t steps) {
    std::vector<Tensor> losses;
    for (int64_t i = 0; i < steps; ++i) {
      const Tensor loss = (run(x) - y).square().mean();
      loss.backward();
      losses.push_back(loss.detach());
      const torch::NoGradGuard no_grad;
      for (Tensor parameter : net_.parameters()) {
        parameter.sub_(rate * parameter.grad());
        parameter.mutable_grad() = Tensor();
      }
    }
    return torch::stack(losses);
  }
};

/// Uses the exported network, trains it in two rounds, and exports it again in between.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto batch = [](int64_t n) { return torch::randn({n, kFeatures}, torch::kFloat64); };
  const Values predict = {"predict", batch(4)}, summary = {"summary"};
  const auto finetune = [&](int64_t n, int64_t steps) { return Values{"finetune", batch(n), batch(n), 0.02, steps}; };
  return {predict,        {"export", batch(3)},
          predict,        {"predict", batch(7)},
          summary,        finetune(8, 3),
          predict,        {"export", batch(5)},
          summary,        predict,
          finetune(5, 2), predict};
}

}  // namespace
