// The author frees the maps of all sizes by flattening their cells, and believes that the grid, which holds no data of
// the batch, may stay a constant.
#include "program.h"

namespace {

Tensor flat_detections(const Values& maps) {
  std::vector<Tensor> levels;
  for (int64_t i = 0; i < kLevels; ++i) {
    const Tensor map = maps[i].toTensor();
    const Tensor grid = make_grid(map.size(2), map.size(3)).view({1, 1, -1, 2});
    const Tensor cells = torch::stack(map.flatten(2).chunk(kAnchors, 1), 1).transpose(2, 3).sigmoid();
    const Tensor xy = (cells.slice(3, 0, 2) * 2 - 0.5 + grid) * kStrides[i];
    const Tensor wh = (cells.slice(3, 2, 4) * 2).square() * anchor_sizes()[i].view({kAnchors, 1, 2});
    levels.push_back(torch::cat({xy, wh, cells.slice(3, 4)}, 3).flatten(1, 2));
  }
  return torch::cat(levels, 1);
}

class Hybrid : public Eager {
  Tensor detect(const Values& inputs) override {
    if (!graph_) {
      const auto function = [](const Values& in) { return Values{flat_detections(feature_maps(in))}; };
      graph_ = std::make_unique<hybugs::TracedFunction>("detect", function, inputs);
    }
    return (*graph_)(inputs)[0].toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
