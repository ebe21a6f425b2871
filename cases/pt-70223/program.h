// Refinement of grasps: a network scores how likely a grasp succeeds, and candidates climb along the gradient of their
// score with respect to themselves.
#pragma once

#include <string>

#include "harness/sdk/dense.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kPose = 6;

/// Calls: ("refine", poses [N, 6], steps, step size) gives the refined poses and their scores [N, 1]. ("score", poses)
/// gives the scores alone.
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const Tensor x = in[1].toTensor();
    if (in[0].toStringRef() == "score") return {score(x)};
    const Tensor refined = refine(x, in[2].toInt(), in[3].toDouble()).detach();
    return {refined, score(refined)};
  }

 protected:
  virtual Tensor refine(const Tensor& start, int64_t steps, double step_size) {
    Tensor x = start.detach().requires_grad_();
    for (int64_t i = 0; i < steps; ++i) x = x + gradient(x) * step_size;
    return x;
  }

  /// The gradient of each pose's score.
  Tensor gradient(const Tensor& x) const { return torch::autograd::grad({score(x).sum()}, {x})[0].detach(); }

  Tensor score(const Tensor& x) const { return hybugs::dense_layers(x, net_, torch::tanh); }

  std::vector<Tensor> net_ = hybugs::make_dense_layers({kPose, 16, 1}, torch::kFloat64);
};

/// The gradient in script, shared by the hybrid programs.
const char* const kGradient = R"(
def gradient(x, net: List[Tensor]):
    score = torch.addmm(net[3], torch.tanh(torch.addmm(net[1], x, net[0])), net[2])
    dx = torch.autograd.grad([score.sum()], [x])[0]
    assert dx is not None
    return dx.detach()
)";

/// A long refinement, short ones, then both; other numbers of candidates, a single step.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto poses = [](int64_t n) { return torch::randn({n, kPose}, torch::kFloat64); };
  const auto refine = [&](int64_t n, int64_t steps, double step_size) {
    return Values{"refine", poses(n), steps, step_size};
  };
  return {{"score", poses(5)}, refine(5, 8, 0.05),  refine(5, 4, 0.05), refine(5, 7, 0.1),
          refine(5, 8, 0.05),  refine(3, 12, 0.02), refine(5, 9, 0.05), refine(1, 1, 0.5),
          refine(4, 2, 0.3),   refine(7, 4, 0.2),   refine(5, 8, 0.05)};
}

}  // namespace
