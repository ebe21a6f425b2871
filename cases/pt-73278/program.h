// Photometry: the frames of a camera are smoothed by a filter for each colour, the sky's level is taken away, and the
// mean signal of each colour is turned into the brightness of some standard bands. Each camera has a pipeline of its
// own.
#pragma once

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kColours = 4, kBands = 3;

/// The pipeline of a camera. Levels are kept as their calibration gives them: float32, counts, or float64 where a long
/// exposure leaves little of a bright sky.
struct Pipeline {
  Pipeline(const Tensor& level, torch::ScalarType type)
      : filter(torch::softmax(torch::randn({kColours, 9}), 1).view({kColours, 1, 3, 3})),
        offset(torch::rand({kColours})),
        sky(level),
        response(torch::rand({kColours, kBands}).to(type)) {}

  /// frames [N, 1, H, W] -> signal [N, colours, H - 2, W - 2] and brightness [N, bands].
  Values forward(const Tensor& frames) const {
    const Tensor smooth = torch::conv2d(frames, filter, offset);
    const Tensor signal = smooth - sky;
    return {signal, torch::mm(signal.mean({2, 3}), response)};
  }

  Tensor filter, offset, sky, response;
};

/// Calls: camera, frames. The outputs are those of Pipeline::forward.
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override { return run(in[0].toInt(), in[1].toTensor()); }

 protected:
  virtual Values run(int64_t camera, const Tensor& frames) { return pipelines_.at(camera).forward(frames); }

  std::vector<Pipeline> pipelines_ = {{torch::rand({1, kColours, 1, 1}), torch::kFloat32},
                                      {torch::tensor(std::vector<int64_t>{1}), torch::kFloat32},
                                      {1e4 + torch::rand({1, kColours, 1, 1}, torch::kFloat64), torch::kFloat64},
                                      {1e4 + torch::rand({1}, torch::kFloat64), torch::kFloat64},
                                      {torch::rand({}, torch::kFloat64), torch::kFloat32}};
};

/// A module with the tensors of a pipeline and the given forward method.
inline torch::jit::Module make_module(const Pipeline& pipeline, const char* method) {
  torch::jit::Module module("Pipeline");
  module.register_parameter("filter", pipeline.filter, false);
  module.register_parameter("offset", pipeline.offset, false);
  module.register_buffer("sky", pipeline.sky);
  module.register_buffer("response", pipeline.response);
  module.define(method);
  return module;
}

/// Frames of all cameras, of several sizes; cameras 2 and 3 look at a bright sky.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto frames = [](int64_t n, int64_t size, double sky) { return sky + 10 * torch::rand({n, 1, size, size}); };
  return {{0, frames(2, 8, 1)},   {1, frames(2, 8, 1)},  {4, frames(1, 6, 1)},   {1, frames(3, 5, 1)},
          {2, frames(2, 8, 1e4)}, {0, frames(1, 9, 1)},  {3, frames(2, 8, 1e4)}, {2, frames(1, 4, 1e4)},
          {4, frames(2, 7, 1)},   {3, frames(1, 3, 1e4)}};
}

}  // namespace
