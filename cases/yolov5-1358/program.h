// Object detector in one stage: a convolutional backbone gives feature maps of two levels; the head turns every cell
// and anchor of them into a box, an objectness and class scores.
#pragma once

#include <cmath>
#include <string>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kLevels = 2, kAnchors = 3, kOutputs = 7;  // x, y, width, height, objectness, two classes
constexpr int64_t kWidth = 8, kConvolutions = 4;
constexpr double kStrides[] = {8, 16};

/// Convolutions of the backbone, stride 2, and the 1x1 convolution of each level: weight and bias of each.
inline Values make_parameters() {
  Values parameters;
  for (int i = 0; i < kConvolutions + kLevels; ++i) {
    const int64_t in = i == 0 ? 3 : kWidth, size = i < kConvolutions ? 3 : 1;
    const int64_t out = i < kConvolutions ? kWidth : kAnchors * kOutputs;
    const double scale = 1 / std::sqrt(static_cast<double>(in * size * size));
    parameters.insert(parameters.end(), {2 * scale * torch::randn({out, in, size, size}), 0.1 * torch::randn({out})});
  }
  return parameters;
}

/// Width and height of the anchors in pixels, [levels, anchors, 1, 1, 2].
inline Tensor anchor_sizes() {
  return torch::tensor({10.0F, 13.0F, 16.0F, 30.0F, 33.0F, 23.0F, 30.0F, 61.0F, 62.0F, 45.0F, 59.0F, 119.0F})
      .view({kLevels, kAnchors, 1, 1, 2});
}

/// Inputs: images [B, 3, H, W], parameters. Outputs: a map [B, anchors * outputs, ny, nx] for each level.
inline Values feature_maps(const Values& in) {
  const auto conv = [&](const Tensor& x, int64_t i, int64_t stride) {
    return torch::conv2d(x, in[1 + 2 * i].toTensor(), in[2 + 2 * i].toTensor(), stride, stride / 2);
  };
  Values maps;
  Tensor x = in[0].toTensor();
  for (int64_t i = 0; i < kConvolutions; ++i) {
    x = torch::silu(conv(x, i, 2));
    const int64_t level = i + kLevels - kConvolutions;
    if (level >= 0) maps.push_back(conv(x, kConvolutions + level, 1));
  }
  return maps;
}

/// Column and row of each cell, [1, 1, ny, nx, 2].
inline Tensor make_grid(int64_t ny, int64_t nx) {
  const auto grid = torch::meshgrid({torch::arange(ny), torch::arange(nx)}, "ij");
  return torch::stack({grid[1], grid[0]}, 2).view({1, 1, ny, nx, 2}).to(torch::kFloat32);
}

/// The detections of all cells, [B, N, outputs]: center and size of the box in pixels, then probabilities.
inline Tensor detections(const Values& maps) {
  std::vector<Tensor> levels;
  for (int64_t i = 0; i < kLevels; ++i) {
    const Tensor map = maps[i].toTensor();
    const int64_t batch = map.size(0), ny = map.size(2), nx = map.size(3);
    const Tensor cells = map.view({batch, kAnchors, kOutputs, ny, nx}).permute({0, 1, 3, 4, 2}).sigmoid();
    const Tensor xy = (cells.slice(4, 0, 2) * 2 - 0.5 + make_grid(ny, nx)) * kStrides[i];
    const Tensor wh = (cells.slice(4, 2, 4) * 2).square() * anchor_sizes()[i];
    levels.push_back(torch::cat({xy, wh, cells.slice(4, 4)}, 4).view({batch, -1, kOutputs}));
  }
  return torch::cat(levels, 1);
}

/// A call takes images [B, 3, H, W], sides being multiples of 16; it returns all detections and the index of the best
/// one in each image.
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    Values inputs = in;
    inputs.insert(inputs.end(), parameters_.begin(), parameters_.end());
    const Tensor found = detect(inputs);
    return {found, found.select(2, 4).argmax(1)};
  }

 protected:
  /// The detections in a batch.
  virtual Tensor detect(const Values& inputs) { return detections(feature_maps(inputs)); }

 private:
  Values parameters_ = make_parameters();
};

/// Batches of two images of 64x64, then other numbers of images, and images of other sizes and proportions.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  const int64_t shapes[][3] = {{2, 64, 64}, {2, 64, 64},  {1, 64, 64},  {3, 64, 64},
                               {2, 96, 96}, {2, 32, 128}, {1, 128, 64}, {2, 64, 64}};
  for (const auto& [batch, height, width] : shapes) calls.push_back({torch::rand({batch, 3, height, width})});
  return calls;
}

}  // namespace
