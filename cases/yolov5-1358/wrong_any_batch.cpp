// The author leaves the number of images to view(), as the users asked for another batch size. The cells of the maps
// and their grid are still those of the example.
#include "program.h"

namespace {

Tensor any_batch(const Values& maps) {
  std::vector<Tensor> levels;
  for (int64_t i = 0; i < kLevels; ++i) {
    const Tensor map = maps[i].toTensor();
    const int64_t ny = map.size(2), nx = map.size(3);
    const Tensor cells = map.view({-1, kAnchors, kOutputs, ny, nx}).permute({0, 1, 3, 4, 2}).sigmoid();
    const Tensor xy = (cells.slice(4, 0, 2) * 2 - 0.5 + make_grid(ny, nx)) * kStrides[i];
    const Tensor wh = (cells.slice(4, 2, 4) * 2).square() * anchor_sizes()[i];
    levels.push_back(torch::cat({xy, wh, cells.slice(4, 4)}, 4).view({-1, kAnchors * ny * nx, kOutputs}));
  }
  return torch::cat(levels, 1);
}

class Hybrid : public Eager {
  Tensor detect(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return Values{any_batch(feature_maps(in))}; };
      graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, inputs);
    }
    return (*graph_)(inputs)[0].toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
