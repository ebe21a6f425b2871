// Tracing a C++ function into a TorchScript graph.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "harness/sdk/program.h"

namespace hybugs {

/// A function recorded once by the tracer and run by a GraphExecutor from then on.
///
/// Recording runs `function` on `example`: in-place operators, host side effects and random draws really happen.
/// What the function reads from C++ (sizes, numbers, captured tensors) becomes a constant of the graph; captured
/// tensors that require grad are refused by the tracer, so parameters have to be inputs.
class TracedFunction {
 public:
  using Function = std::function<Values(const Values&)>;

  /// Throws what `function` throws, and c10::Error where the tracer refuses the result.
  TracedFunction(const std::string& name, const Function& function, const Values& example) {
    auto traced = torch::jit::tracer::trace(
        example, [&](torch::jit::Stack inputs) { return function(inputs); },
        [](const torch::autograd::Variable&) { return std::string(); });
    example_outputs_ = std::move(traced.second);
    graph_ = traced.first->graph;
    executor_ = std::make_unique<torch::jit::GraphExecutor>(graph_, name);
  }

  /// Runs the graph: one input for each of the example's, in order; returns the function's outputs.
  Values operator()(Values inputs) const {
    executor_->run(inputs);
    return inputs;
  }

  /// What the function returned while it was recorded. A caller that must not run the first call twice
  /// (random draws, in-place updates) uses these as that call's outputs.
  const Values& example_outputs() const { return example_outputs_; }

  /// The recorded graph, before the executor optimises it.
  const std::shared_ptr<torch::jit::Graph>& graph() const { return graph_; }

 private:
  Values example_outputs_;
  std::shared_ptr<torch::jit::Graph> graph_;
  std::unique_ptr<torch::jit::GraphExecutor> executor_;
};

}  // namespace hybugs
