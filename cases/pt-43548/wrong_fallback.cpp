// The author believes that buffers of another size are rare, and runs the model imperatively when one makes the graph
// throw.
#include "program.h"

namespace {

class Hybrid : public SpeechModel {
 public:
  hybugs::Values call(const hybugs::Values& inputs) override {
    try {
      return SpeechModel::call(inputs);
    } catch (const std::exception&) {
      Tensor features = inputs[0].toTensor();
      const Tensor at_end = torch::arange(features.size(1)) == inputs[1].toTensor();
      features.index_put_({Slice(), Slice(), kFlag}, at_end);
      return {features, encoder_(features)};
    }
  }

 protected:
  Tensor flag_end(const hybugs::Values& inputs) override {
    if (!flag_end_) {
      const auto function = [](const hybugs::Values& in) {
        Tensor features = in[0].toTensor();
        const Tensor at_end = torch::arange(features.size(1)) == in[1].toTensor();
        features.index_put_({Slice(), Slice(), kFlag}, at_end);
        return hybugs::Values{features};
      };
      flag_end_ = std::make_unique<hybugs::TracedFunction>("flag_end", function, inputs);
    }
    return (*flag_end_)(inputs)[0].toTensor();
  }

  Tensor encode(const Tensor& features) override {
    if (!encode_) {
      const auto function = [this](const hybugs::Values& in) { return hybugs::Values{encoder_(in[0].toTensor())}; };
      encode_ = std::make_unique<hybugs::TracedFunction>("encode", function, hybugs::Values{features});
    }
    return (*encode_)({features})[0].toTensor();
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> flag_end_, encode_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
