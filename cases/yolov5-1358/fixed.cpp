#include "program.h"

namespace {

constexpr const char* kDetections = R"(
def detections(maps: List[Tensor], anchor_sizes, strides: List[float]):
    levels: List[Tensor] = []
    for i in range(len(maps)):
        batch, ny, nx = maps[i].size(0), maps[i].size(2), maps[i].size(3)
        cells = maps[i].view([batch, 3, 7, ny, nx]).permute([0, 1, 3, 4, 2]).sigmoid()
        rows, columns = torch.meshgrid([torch.arange(ny), torch.arange(nx)], indexing="ij")
        grid = torch.stack([columns, rows], 2).to(cells.dtype)
        xy = (cells[:, :, :, :, 0:2] * 2 - 0.5 + grid) * strides[i]
        wh = (cells[:, :, :, :, 2:4] * 2).square() * anchor_sizes[i]
        levels.append(torch.cat([xy, wh, cells[:, :, :, :, 4:]], 4).view([batch, -1, 7]))
    return torch.cat(levels, 1)
)";

class Hybrid : public Eager {
  Tensor detect(const Values& inputs) override {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("feature_maps", feature_maps, inputs);
    std::vector<Tensor> maps;
    for (const auto& map : (*graph_)(inputs)) maps.push_back(map.toTensor());
    const std::vector<double> strides(std::begin(kStrides), std::end(kStrides));
    return script_->get_function("detections")({maps, anchor_sizes(), strides}).toTensor();
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kDetections);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
