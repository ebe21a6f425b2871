// Segmentation with a residual U-Net: the channels double from level to level, and a block's shortcut is filled up with
// empty channels where its output has more than its input.
#pragma once

#include <cmath>
#include <string>
#include <utility>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kClasses = 3, kLevels = 4;
constexpr int64_t kBases[] = {2, 3};  // channels of the first level, one network each

/// Script text. segment() wants the encoder, encode(x, w, base): one block for each pair of weights, from the full
/// resolution down; it returns the features of all levels and how many pixels a cell of the last level is wide.
constexpr const char* kDecoder = R"(
def conv(x, w):
    return torch.conv2d(x, w, None, [1, 1], [1, 1])

def decode(skips: List[Tensor], w: List[Tensor], head):
    x = skips[-1]
    for i in range(len(skips) - 1):
        skip = skips[len(skips) - 2 - i]
        x = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
        x = torch.relu(conv(torch.cat([x, skip], 1), w[len(skips) - 2 - i]))
    return torch.conv2d(x, head)

def dice(logits, target):
    p = torch.softmax(logits, 1)
    y = torch.one_hot(target, logits.size(1)).permute([0, 3, 1, 2])
    return 2 * (p * y).sum([0, 2, 3]) / (p + y).sum([0, 2, 3])
)";

constexpr const char* kSegment = R"(
def segment(x, down: List[Tensor], up: List[Tensor], head, base: int):
    skips, stride = encode(x, down, base)
    return decode(skips, up, head), skips[-1], stride
)";

/// A network: two convolutions for each level of the encoder, one for each level but the last of the decoder, a head.
struct Network {
  std::vector<Tensor> down, up;
  Tensor head;

  explicit Network(int64_t base) {
    const auto weight = [](int64_t out, int64_t in, int64_t size) {
      return torch::randn({out, in, size, size}, torch::kFloat64) / std::sqrt(static_cast<double>(in * size * size));
    };
    for (int64_t level = 0; level < kLevels; ++level) {
      const int64_t channels = base << level;
      down.push_back(weight(channels, level == 0 ? 1 : channels / 2, 3));
      down.push_back(weight(channels, channels, 3));
      if (level + 1 < kLevels) up.push_back(weight(channels, 3 * channels, 3));
    }
    head = weight(kClasses, base, 1);
  }
};

/// Calls: ("segment", images [n, 1, h, w], levels, base) uses the first levels of a network; gives logits
/// [n, kClasses, h, w], the features of the last level and the width of its cells in pixels. ("dice", logits, target
/// [n, h, w]) gives the overlap of each class.
class Segmenter : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (in[0].toStringRef() == "dice") return {dice(in[1].toTensor(), in[2].toTensor())};
    const int64_t levels = in[2].toInt();
    const Network& network = networks_[in[3].toInt() == kBases[0] ? 0 : 1];
    return segment({in[1], std::vector<Tensor>(network.down.begin(), network.down.begin() + 2 * levels), network.up,
                    network.head, in[3]});
  }

 protected:
  virtual Tensor dice(const Tensor& logits, const Tensor& target) = 0;
  virtual Values segment(const Values& in) = 0;

 private:
  std::vector<Network> networks_{Network(kBases[0]), Network(kBases[1])};
};

class Eager : public Segmenter {
 protected:
  Tensor dice(const Tensor& logits, const Tensor& target) override {
    const Tensor p = torch::softmax(logits, 1);
    const Tensor y = torch::one_hot(target, logits.size(1)).permute({0, 3, 1, 2});
    return 2 * (p * y).sum({0, 2, 3}) / (p + y).sum({0, 2, 3});
  }

  Values segment(const Values& in) override {
    Tensor x = in[0].toTensor();
    const std::vector<Tensor> down = in[1].toTensorVector(), up = in[2].toTensorVector();
    std::vector<Tensor> skips;
    for (size_t level = 0; level < down.size() / 2; ++level) {
      if (level > 0) x = torch::max_pool2d(x, 2);
      const int64_t channels = in[4].toInt() << level;
      const Tensor h = conv(torch::relu(conv(x, down[2 * level])), down[2 * level + 1]);
      const Tensor rest = torch::zeros({x.size(0), channels - x.size(1), x.size(2), x.size(3)}, x.dtype());
      x = torch::relu(h + torch::cat({x, rest}, 1));
      skips.push_back(x);
    }
    const int64_t stride = int64_t{1} << (skips.size() - 1);
    for (size_t level = skips.size() - 1; level-- > 0;) {
      x = x.repeat_interleave(2, 2).repeat_interleave(2, 3);
      x = torch::relu(conv(torch::cat({x, skips[level]}, 1), up[level]));
    }
    return {torch::conv2d(x, in[3].toTensor()), skips.back(), stride};
  }

 private:
  static Tensor conv(const Tensor& x, const Tensor& w) { return torch::conv2d(x, w, {}, 1, 1); }
};

/// Overlaps are computed before and between segmentations with one to four levels.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto images = [](int64_t n, int64_t h, int64_t w) { return torch::randn({n, 1, h, w}, torch::kFloat64); };
  const auto overlap = [](int64_t n, int64_t h, int64_t w) {
    return Values{"dice", torch::randn({n, kClasses, h, w}, torch::kFloat64), torch::randint(kClasses, {n, h, w})};
  };
  return {overlap(2, 8, 8),
          overlap(1, 8, 16),
          {"segment", images(2, 8, 8), 2, 2},
          {"segment", images(1, 16, 8), 3, 2},
          overlap(1, 16, 8),
          {"segment", images(1, 8, 8), 1, 3},
          {"segment", images(1, 16, 24), 4, 2},
          {"segment", images(3, 8, 16), 4, 3}};
}

}  // namespace
