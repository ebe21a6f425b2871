// The last stage of a detector: turns predictions on the grids of several scales into boxes and keeps the best ones.
#pragma once

#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

/// Inputs: prediction [5, n] (centre, extent and confidence, raw), cell [2, n] (column and row on its grid), stride:
/// pixels from cell to cell, one number for all or one for each prediction [n], whole or not; size: of the square
/// image, in pixels; keep: how many boxes. A grid covers the image, so its last cells may reach beyond the border.
/// Outputs: how far the grid reaches, in pixels, typed as stride; the cell's place when a grid is read row by row [n];
/// the boxes kept [4, keep] as centre and extent in parts of the reach, their confidence and numbers [keep].
class Eager : public hybugs::Program {
 public:
  Values call(const Values& in) override { return decode(in); }

 protected:
  virtual Values decode(const Values& in) {
    const Tensor prediction = in[0].toTensor(), cell = in[1].toTensor(), stride = in[2].toTensor();
    const Tensor side = -torch::div(torch::full_like(stride, -in[3].toInt()), stride, "floor");  // cells, rounded up
    const Tensor reach = side * stride;
    const Tensor place = cell[1] * side + cell[0];
    const Tensor centre = (torch::sigmoid(prediction.slice(0, 0, 2)) + cell) / side;
    const Tensor extent = torch::exp(prediction.slice(0, 2, 4)) * stride / reach;
    const auto best = torch::topk(torch::sigmoid(prediction[4]), in[4].toInt());
    const Tensor boxes = torch::cat({centre, extent}).index_select(1, std::get<1>(best));
    return {reach, place, boxes, std::get<0>(best), std::get<1>(best)};
  }
};

/// A detector with one scale, with three, with one again and with the strides of a resized image.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  hybugs::Scenario calls;
  const auto add = [&calls](const Tensor& stride, int64_t n, int64_t size, int64_t keep) {
    const Tensor cell = torch::randint(size / 32, {2, n}, torch::kInt64);
    calls.push_back({torch::randn({5, n}, torch::kFloat64), cell, stride, size, keep});
  };
  const auto scales = [](int64_t n, torch::ScalarType type) {
    return torch::tensor({8, 16, 32}, torch::kInt64).index_select(0, torch::randint(3, {n}, torch::kInt64)).to(type);
  };
  add(torch::tensor(16, torch::kInt64), 8, 128, 3);
  add(torch::tensor(8, torch::kInt64), 20, 100, 5);  // the last cells reach beyond the border
  add(scales(24, torch::kInt64), 24, 128, 6);
  add(scales(24, torch::kFloat32), 24, 100, 4);
  add(torch::tensor(32, torch::kInt64), 6, 150, 2);
  add(torch::tensor(16.0), 12, 100, 12);
  add(scales(30, torch::kFloat64) * 0.8125, 30, 90, 3);
  add(torch::tensor({10.5}, torch::kFloat64), 9, 64, 1);
  add(torch::tensor(6.4, torch::kFloat64), 9, 70, 4);
  add(scales(16, torch::kInt32), 16, 200, 5);
  return calls;
}

}  // namespace
