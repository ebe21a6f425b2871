// Face detector with anchors: three levels of features say for each anchor whether it holds a face, where the box of
// the face is and where its five landmarks are.
#pragma once

#include <cmath>
#include <string>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kStrides[] = {8, 16, 32};
constexpr float kScales[] = {1.0F, 1.25992F, 1.5874F};  // anchors of a cell: 2^0, 2^(1/3), 2^(2/3)
constexpr int64_t kAnchors = 3, kWidth = 8;

/// Convolutions: weight and bias of one for each level's features, then of the heads for class, box, landmarks.
inline Values make_parameters() {
  Values parameters;
  for (int i = 0; i < 12; ++i) {
    const int64_t outputs[] = {2, 4, 10};
    const int64_t in = i == 0 ? 3 : kWidth, out = i < 3 ? kWidth : kAnchors * outputs[i % 3], size = i < 3 ? 3 : 1;
    const double scale = (i < 3 ? 1.0 : 0.5) / std::sqrt(static_cast<double>(in * size * size));
    parameters.insert(parameters.end(), {torch::randn({out, in, size, size}) * scale, 0.1 * torch::randn({out})});
  }
  return parameters;
}

/// The anchors of images [B, 3, H, W] as left, top, right, bottom: [N, 4], level by level, row by row, as rows of the
/// heads' outputs.
inline Tensor make_anchors(const Tensor& images) {
  std::vector<float> corners;
  for (const int64_t stride : kStrides) {
    for (int64_t i = 0; i < (images.size(2) + stride - 1) / stride; ++i) {
      for (int64_t j = 0; j < (images.size(3) + stride - 1) / stride; ++j) {
        for (const float scale : kScales) {
          const float step = static_cast<float>(stride), half = 2 * step * scale;
          const float x = (static_cast<float>(j) + 0.5F) * step, y = (static_cast<float>(i) + 0.5F) * step;
          corners.insert(corners.end(), {x - half, y - half, x + half, y + half});
        }
      }
    }
  }
  return torch::tensor(corners).view({-1, 4});
}

/// Inputs: images [B, 3, H, W], width and height of each photo in its padded image [B, 1, 2], parameters. Outputs: log
/// probabilities of background and face [B, N, 2], boxes [B, N, 4], landmarks [B, N, 10], both within the photo.
inline Values detect(const Values& in, const Tensor& anchors) {
  const auto conv = [&](const Tensor& x, int i, int64_t stride) {
    const Tensor weight = in[2 + 2 * i].toTensor();
    return torch::conv2d(x, weight, in[3 + 2 * i].toTensor(), stride, stride / 2);
  };
  // [B, anchors * k, h, w] -> [B, h * w * anchors, k]
  const auto rows = [](const Tensor& out) {
    return out.unflatten(1, {kAnchors, -1}).permute({0, 3, 4, 1, 2}).flatten(1, 3);
  };
  std::vector<Tensor> outputs[3];  // class, box, landmarks: of each level
  Tensor x = torch::avg_pool2d(in[0].toTensor(), 4);
  for (int level = 0; level < 3; ++level) {
    x = torch::relu(conv(x, level, 2));
    for (int head = 0; head < 3; ++head) outputs[head].push_back(rows(conv(x, 3 + 3 * level + head, 1)));
    outputs[0].back() = torch::log_softmax(outputs[0].back(), -1);
  }
  const Tensor box = torch::cat(outputs[1], 1), landmark = torch::cat(outputs[2], 1);

  const Tensor size = anchors.slice(1, 2, 4) - anchors.slice(1, 0, 2);
  const Tensor center = anchors.slice(1, 0, 2) + 0.5 * size;
  const Tensor box_center = center + box.slice(2, 0, 2) * size;
  const Tensor half = 0.5 * torch::exp(box.slice(2, 2, 4)) * size;
  const Tensor corners = torch::stack({box_center - half, box_center + half}, 2);
  const Tensor points = center.unsqueeze(1) + landmark.unflatten(2, {5, 2}) * size.unsqueeze(1);
  const auto within = [&](const Tensor& places) {  // places [B, N, k, 2]
    return torch::minimum(torch::clamp_min(places, 0), in[1].toTensor().unsqueeze(1)).flatten(2);
  };
  return {torch::cat(outputs[0], 1), within(corners), within(points)};
}

/// A call takes images [B, 3, H, W] and sizes [B, 1, 2] and returns what detect() does.
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    Values inputs = in;
    inputs.insert(inputs.end(), parameters_.begin(), parameters_.end());
    return run(inputs);
  }

 protected:
  /// Detects faces in one batch.
  virtual Values run(const Values& inputs) { return detect(inputs, make_anchors(inputs[0].toTensor())); }

 private:
  Values parameters_ = make_parameters();
};

/// Batches of wide images, then upright ones, squares, small ones and others; photos fill their images in part.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  const int64_t shapes[][3] = {{1, 64, 96}, {2, 64, 96}, {1, 96, 64}, {1, 64, 64},
                               {2, 32, 32}, {1, 64, 96}, {1, 48, 72}, {3, 96, 64}};
  for (const auto& [batch, height, width] : shapes) {
    const Tensor full = torch::tensor({width, height}).to(torch::kFloat32);
    const Tensor sizes = torch::ceil(full * (0.7 + 0.3 * torch::rand({batch, 1, 2})));
    calls.push_back({torch::rand({batch, 3, height, width}), sizes});
  }
  return calls;
}

}  // namespace
