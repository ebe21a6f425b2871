// The author believes that half a pixel doesn't matter and uses the division of integers.
#include "program.h"

namespace {

constexpr const char* kCenter = R"(
def center_crop(img, size: List[int]):
    top = (img.size(1) - size[0]) // 2
    left = (img.size(2) - size[1]) // 2
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
