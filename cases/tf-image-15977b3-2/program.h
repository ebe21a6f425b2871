// Random augmentations of images in random order, as the input pipeline of a training applies them.
#pragma once

#include <functional>

#include "harness/sdk/trace.h"

namespace {

using torch::Tensor;

/// Inputs: image float [h, w, 3]; the draws of this call: uniforms [3] in 0 .. 1 and normals [h, w, 3]; and the
/// maximal strength [3], one value for each channel. Output: the changed image.
using Function = hybugs::TracedFunction::Function;

inline hybugs::Values rgb_shift(const hybugs::Values& in) {
  const auto shift = (2 * in[1].toTensor() - 1) * in[2].toTensor();
  return {(in[0].toTensor() + shift).clamp(0, 1)};
}

inline hybugs::Values channel_swap(const hybugs::Values& in) {
  return {in[0].toTensor().index_select(2, in[1].toTensor().argsort())};
}

inline hybugs::Values grayscale(const hybugs::Values& in) {
  const auto rgb = in[0].toTensor().split(1, 2);
  const auto gray = 0.2989 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
  return {torch::cat({gray, gray, gray}, 2).clamp(0, 1)};
}

inline hybugs::Values channel_drop(const hybugs::Values& in) {
  const auto rgb = in[0].toTensor().split(1, 2);
  const auto zeros = torch::zeros_like(rgb[0]);
  const auto choices = torch::stack({torch::cat({zeros, rgb[1], rgb[2]}, 2), torch::cat({rgb[0], zeros, rgb[2]}, 2),
                                     torch::cat({rgb[0], rgb[1], zeros}, 2)});
  return {choices.index_select(0, in[1].toTensor().argmax(0, true)).squeeze(0)};
}

inline hybugs::Values gaussian_noise(const hybugs::Values& in) {
  const auto stddev = in[1].toTensor() * in[2].toTensor();
  return {(in[0].toTensor() + stddev * in[3].toTensor()).clamp(0, 1)};
}

inline hybugs::Values flip_left_right(const hybugs::Values& in) {
  return {in[0].toTensor().flip(1)};
}

inline hybugs::Values flip_up_down(const hybugs::Values& in) {
  return {in[0].toTensor().flip(0)};
}

inline const std::vector<Function>& functions() {
  static const std::vector<Function> all = {rgb_shift,      channel_swap,    grayscale,   channel_drop,
                                            gaussian_noise, flip_left_right, flip_up_down};
  return all;
}

/// Applies `function` with probability `prob`. Inputs: those of the function, then a uniform draw.
inline hybugs::Values random_function(const hybugs::Values& in, const Function& function, double prob) {
  const bool apply = in[4].toTensor().item<double>() < prob;
  return apply ? function({in[0], in[1], in[2], in[3]}) : hybugs::Values{in[0]};
}

/// The functions as graphs.
inline std::vector<Function> graph_functions() {
  const auto image = torch::zeros({8, 8, 3});
  std::vector<Function> graphs;
  for (const auto& function : functions()) {
    const hybugs::Values example = {image, torch::zeros({3}), torch::zeros({3}), image};
    const auto graph = std::make_shared<hybugs::TracedFunction>("augmentation", function, example);
    graphs.push_back([graph](const hybugs::Values& in) { return (*graph)(in); });
  }
  return graphs;
}

/// Augments a batch. Inputs: images uint8 or float [n, h, w, 3]; for each image the order of the seven functions
/// [n, 7], uniform draws [n, 7, 4] and normal ones [n, h, w, 3]; the probabilities [7]; the strength [3].
template <typename Apply>
hybugs::Values random_augmentations(const hybugs::Values& inputs, const std::vector<Function>& augmentations,
                                    const Apply& apply) {
  const auto images = inputs[0].toTensor();
  const auto orders = inputs[1].toTensor();
  const auto order = orders.accessor<int64_t, 2>();
  const auto probabilities = inputs[4].toDoubleVector();
  const bool is_float = images.is_floating_point();
  std::vector<Tensor> augmented;
  for (int64_t n = 0; n < images.size(0); ++n) {
    auto image = is_float ? images[n] : images[n].to(torch::kFloat32) / 255;
    const auto normals = inputs[3].toTensor()[n];
    const auto uniforms = inputs[2].toTensor()[n].unbind();
    for (size_t k = 0; k < augmentations.size(); ++k) {
      const auto i = order[n][k];
      const auto parameters = uniforms[i].narrow(0, 0, 3);
      const hybugs::Values in = {image, parameters, inputs[5], normals, uniforms[i][3]};
      image = apply(in, augmentations[i], probabilities[i])[0].toTensor();
    }
    augmented.push_back(is_float ? image : (image * 255.5).clamp(0, 255).to(torch::kUInt8));
  }
  return {torch::stack(augmented)};
}

class Eager : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    return random_augmentations(inputs, functions(), random_function);
  }
};

/// Batches of other sizes, strengths and probabilities; nothing and everything applied; bytes.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  struct Batch {
    int64_t n, height, width;
    double strength;
    std::vector<double> probabilities;
    bool bytes = false;
  };
  const std::vector<double> usual = {0.2, 0.15, 0.1, 0.1, 0.5, 0.5, 0.5};
  const std::vector<double> half(7, 0.5), never(7, 0.0), always(7, 1.0);
  const std::vector<double> exact = {0.0, 0.5, 0.0, 0.2, 0.0, 0.5, 0.5};
  const std::vector<Batch> batches = {{4, 32, 32, 0.1, always}, {4, 32, 32, 0.1, usual}, {4, 24, 48, 0.3, half},
                                      {4, 32, 32, 0.1, usual},  {2, 32, 32, 0.2, never}, {6, 20, 20, 0.1, exact, true},
                                      {3, 40, 16, 0.4, half}};
  hybugs::Scenario calls;
  for (const Batch& b : batches) {
    const auto images = torch::rand({b.n, b.height, b.width, 3});
    calls.push_back({b.bytes ? (images * 255.5).to(torch::kUInt8) : images, torch::rand({b.n, 7}).argsort(),
                     torch::rand({b.n, 7, 4}), torch::randn({b.n, b.height, b.width, 3}), b.probabilities,
                     torch::tensor({b.strength, b.strength / 2, b.strength}, torch::kFloat32)});
  }
  return calls;
}

}  // namespace
