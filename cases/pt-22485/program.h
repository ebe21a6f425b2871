// The head of a single-stage object detector: from the feature maps of two levels to candidate boxes, best first, as
// non-maximum suppression takes them. A level passes on at most kMostBoxes candidates.
#pragma once

#include <algorithm>
#include <array>

#include "harness/sdk/trace.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kChannels = 6;
constexpr int64_t kClasses = 4;
constexpr int64_t kAnchors = 3;  // at each place: three shapes
constexpr int kLevels = 2;
constexpr int64_t kStrides[kLevels] = {8, 16};
constexpr int64_t kMostBoxes = 12;

/// The candidates of one level: anchors [n, 4] (x1, y1, x2, y2), their refinement [n, 4], class scores [n, kClasses].
constexpr int kRows = 3;

/// Anchors of a level [height * width * kAnchors, 4], place by place.
inline Tensor make_anchors(int64_t height, int64_t width, int64_t stride) {
  const auto options = torch::kFloat64;
  const Tensor shape = torch::tensor({1.0, 1.0, 1.4, 0.7, 0.7, 1.4}, options).view({kAnchors, 2}) * 2.0 * stride;
  const Tensor y = torch::arange(height, options).view({-1, 1}).expand({height, width}) * stride;
  const Tensor x = torch::arange(width, options).expand({height, width}) * stride;
  const Tensor centre = torch::stack({x, y}, -1).view({-1, 1, 2});
  return torch::cat({centre - shape / 2, centre + shape / 2}, -1).view({-1, 4});
}

/// Two convolutions on each level, with the same weights on all.
class Head {
 public:
  /// Inputs: feature maps [1, kChannels, h, w] of the levels, then their anchors, then the image's far corner [2].
  /// Outputs: the kRows tensors of each level, then the corner.
  Values rows(const Values& in) const {
    Values rows;
    for (int level = 0; level < kLevels; ++level) {
      const Tensor x = torch::relu(torch::conv2d(in[level].toTensor(), tower_, {}, 1, 1));
      rows.emplace_back(in[kLevels + level]);
      rows.emplace_back(flat(torch::conv2d(x, box_, {}, 1, 1), 4));
      rows.emplace_back(torch::sigmoid(flat(torch::conv2d(x, class_, {}, 1, 1), kClasses)));
    }
    rows.emplace_back(in[2 * kLevels]);
    return rows;
  }

 private:
  /// [1, kAnchors * k, h, w] -> [h * w * kAnchors, k].
  static Tensor flat(const Tensor& map, int64_t k) { return map.permute({0, 2, 3, 1}).reshape({-1, k}); }
  static Tensor kernel(int64_t out) { return 0.2 * torch::randn({out, kChannels, 3, 3}, torch::kFloat64); }

  Tensor tower_ = kernel(kChannels), box_ = kernel(kAnchors * 4), class_ = kernel(kAnchors * kClasses);
};

/// Applies `best` to the kRows tensors of each level; what follows the levels stays.
template <typename Best>
Values each_level(Values rows, const Best& best) {
  for (int level = 0; level < kLevels; ++level) {
    const auto begin = rows.begin() + level * kRows;
    const Values kept = best(Values(begin, begin + kRows));
    std::copy(kept.begin(), kept.end(), begin);
  }
  return rows;
}

/// The candidates of all levels, best class score first: boxes within the image [m, 4], class scores [m, kClasses].
inline Values boxes(const Values& rows) {
  std::vector<Tensor> boxes, scores;
  const Tensor corner = rows[kLevels * kRows].toTensor();
  for (int level = 0; level < kLevels; ++level) {
    const Tensor anchors = rows[level * kRows].toTensor();
    const Tensor shift = rows[level * kRows + 1].toTensor();
    const Tensor low = anchors.slice(1, 0, 2), size = anchors.slice(1, 2, 4) - low;
    const Tensor centre = low + size / 2 + shift.slice(1, 0, 2) * size;
    const Tensor half = size * torch::exp(shift.slice(1, 2, 4).clamp(-4, 4)) / 2;
    const Tensor ends = torch::cat({torch::minimum(centre - half, corner), torch::minimum(centre + half, corner)}, 1);
    boxes.push_back(ends.clamp_min(0));
    scores.push_back(rows[level * kRows + 2].toTensor());
  }
  const Tensor all_scores = torch::cat(scores);
  const Tensor order = std::get<0>(all_scores.max(1)).argsort(0, true);
  return {torch::cat(boxes).index_select(0, order), all_scores.index_select(0, order)};
}

/// Calls: from the inputs of Head::rows() to boxes().
class Eager : public hybugs::Program {
 public:
  Values call(const Values& inputs) override { return boxes(each_level(head_.rows(inputs), best_rows)); }

 private:
  static Values best_rows(const Values& level) {
    const Tensor best = std::get<0>(level[2].toTensor().max(1));
    if (best.size(0) <= kMostBoxes) return level;
    const Tensor index = std::get<1>(best.topk(kMostBoxes));
    Values kept;
    for (const auto& rows : level) kept.emplace_back(rows.toTensor().index_select(0, index));
    return kept;
  }

  Head head_;
};

/// Images of several sizes {height, width} in places of the finer level: large ones, then ones whose levels have fewer
/// candidates than a level may pass on, as many, or some more.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const std::vector<std::array<int64_t, 2>> sizes = {{4, 6}, {4, 6}, {6, 4}, {4, 4}, {2, 3},
                                                     {2, 2}, {8, 6}, {1, 5}, {1, 3}, {4, 6}};
  hybugs::Scenario calls;
  for (const auto& [h, w] : sizes) {
    Values call(2 * kLevels + 1);
    for (int level = 0; level < kLevels; ++level) {
      const int64_t rows = (h + level) >> level, columns = (w + level) >> level;
      call[level] = torch::randn({1, kChannels, rows, columns}, torch::kFloat64);
      call[kLevels + level] = make_anchors(rows, columns, kStrides[level]);
    }
    call.back() = torch::tensor({w * kStrides[0], h * kStrides[0]}).to(torch::kFloat64);
    calls.push_back(call);
  }
  return calls;
}

}  // namespace
