// The author distrusts round() and adds a half before the digits are cut off, which is believed to be the same: an odd
// margin is a tie each time, and every other tie goes the other way.
#include "program.h"

namespace {

constexpr const char* kCenter = R"(
def center_crop(img, size: List[int]):
    top = int((img.size(1) - size[0] + 1) * 0.5)
    left = int((img.size(2) - size[1] + 1) * 0.5)
    return crop(img, top, left, size), [top, left]
)";

class Hybrid : public Classifier {
 protected:
  Tensor predict_corners(const Values& in) override { return corners_->get_function("predict_corners")(in).toTensor(); }

  Values predict(const std::string& function, const Values& in) override {
    if (!predict_) predict_ = torch::jit::compile(std::string(kCrops) + kCenter + kPredict);
    return predict_->get_function(function)(in).toTupleRef().elements().vec();
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> corners_ = torch::jit::compile(kCrops), predict_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
