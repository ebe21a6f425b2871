// Classifying an image from several crops of it: the four corners, the centre, and the same of the mirrored image. A
// crop may be larger than the image, which then gets an even border.
#pragma once

#include <cmath>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kColours = 3, kSize = 6, kClasses = 4;  // a crop is kSize x kSize pixels

/// Script text for every kind of crop: img [colours, h, w]. Cut, scaled to 0 ... 1 and classified by a linear layer.
constexpr const char* kCrops = R"(
def crop(img, top: int, left: int, size: List[int]):
    below, right = top + size[0] - img.size(1), left + size[1] - img.size(2)
    return torch.constant_pad_nd(img, [-left, right, -top, below])

def corners(img, size: List[int]):
    down, right = img.size(1) - size[0], img.size(2) - size[1]
    return [crop(img, 0, 0, size), crop(img, 0, right, size), crop(img, down, 0, size), crop(img, down, right, size)]

def classify(crops: List[Tensor], w: List[Tensor]):
    x = torch.stack([c.flatten() for c in crops]).to(7) / 255
    return torch.softmax(torch.addmm(w[1], x, w[0]), 1).mean(0)

def predict_corners(img, size: List[int], w: List[Tensor]):
    return classify(corners(img, size), w)
)";

/// Script text for what needs the centre: center_crop(img, size) gives a crop and its first row and column.
constexpr const char* kPredict = R"(
def predict_center(img, size: List[int], w: List[Tensor]):
    center, place = center_crop(img, size)
    return classify([center], w), place

def predict_ten(img, size: List[int], w: List[Tensor]):
    crops = corners(img, size)
    crops.append(center_crop(img, size)[0])
    mirrored = img.flip([2])
    crops.extend(corners(mirrored, size))
    crops.append(center_crop(mirrored, size)[0])
    return classify(crops, w), center_crop(img, size)[1]
)";

/// Calls: ("corners", image [kColours, h, w]) gives the mean probabilities of the classes over the four corners;
/// ("center", image) and ("ten", image) give those of the central crop or of all ten, and the first row and column of
/// the central crop as a list of integers, rounded half to even: negative where the image got a border.
class Classifier : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const Values arguments = {in[1], std::vector<int64_t>{kSize, kSize}, w_};
    if (in[0].toStringRef() == "corners") return {predict_corners(arguments)};
    return predict("predict_" + in[0].toStringRef(), arguments);
  }

 protected:
  virtual Tensor predict_corners(const Values& in) = 0;
  virtual Values predict(const std::string& function, const Values& in) = 0;

 private:
  std::vector<Tensor> w_ = {0.5 * torch::randn({kColours * kSize * kSize, kClasses}, torch::kFloat64),
                            torch::randn({kClasses}, torch::kFloat64)};
};

class Eager : public Classifier {
 protected:
  Tensor predict_corners(const Values& in) override {
    return classify(corners(in[0].toTensor()), in[2].toTensorVector());
  }

  Values predict(const std::string& function, const Values& in) override {
    const Tensor img = in[0].toTensor();
    const std::vector<int64_t> place = {middle(img.size(1)), middle(img.size(2))};
    std::vector<Tensor> crops;
    if (function == "predict_ten") crops = corners(img);
    crops.push_back(crop(img, place[0], place[1]));
    if (function == "predict_ten") {
      const Tensor mirrored = img.flip({2});
      for (const Tensor& corner : corners(mirrored)) crops.push_back(corner);
      crops.push_back(crop(mirrored, place[0], place[1]));
    }
    return {classify(crops, in[2].toTensorVector()), place};
  }

 private:
  static int64_t middle(int64_t size) {
    return static_cast<int64_t>(std::nearbyint(static_cast<double>(size - kSize) / 2.0));
  }

  static Tensor crop(const Tensor& img, int64_t top, int64_t left) {
    return torch::constant_pad_nd(img, {-left, left + kSize - img.size(2), -top, top + kSize - img.size(1)});
  }

  static std::vector<Tensor> corners(const Tensor& img) {
    const int64_t down = img.size(1) - kSize, right = img.size(2) - kSize;
    return {crop(img, 0, 0), crop(img, 0, right), crop(img, down, 0), crop(img, down, right)};
  }

  static Tensor classify(const std::vector<Tensor>& crops, const std::vector<Tensor>& w) {
    std::vector<Tensor> rows;
    for (const Tensor& cut : crops) rows.push_back(cut.flatten());
    const Tensor x = torch::stack(rows).to(torch::kFloat64) / 255;
    return torch::softmax(torch::addmm(w[1], x, w[0]), 1).mean(0);
  }
};

/// Margins of every remainder by four, odd and even, and images that are smaller than a crop.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto image = [](int64_t h, int64_t w) {
    return torch::randint(256, {kColours, kSize + h, kSize + w}).to(torch::kUInt8);
  };
  return {{"corners", image(4, 6)}, {"corners", image(3, 1)}, {"center", image(4, 2)},  {"center", image(5, 7)},
          {"ten", image(1, 3)},     {"corners", image(8, 5)}, {"center", image(-1, 9)}, {"ten", image(-5, -3)},
          {"center", image(0, 11)}, {"ten", image(13, 2)}};
}

}  // namespace
