// The author believes that a recording fits the buffer it was made with, and makes one for each buffer.
#include "program.h"

namespace {

class Hybrid : public SpeechModel {
 protected:
  Tensor flag_end(const hybugs::Values& inputs) override {
    const auto function = [](const hybugs::Values& in) {
      Tensor features = in[0].toTensor();
      const Tensor at_end = torch::arange(features.size(1)) == in[1].toTensor();
      features.index_put_({Slice(), Slice(), kFlag}, at_end);
      return hybugs::Values{features};
    };
    const hybugs::TracedFunction graph("flag_end", function, inputs);
    return graph(inputs)[0].toTensor();
  }

  Tensor encode(const Tensor& features) override {
    if (!encode_) {
      const auto function = [this](const hybugs::Values& in) { return hybugs::Values{encoder_(in[0].toTensor())}; };
      encode_ = std::make_unique<hybugs::TracedFunction>("encode", function, hybugs::Values{features});
    }
    return (*encode_)({features})[0].toTensor();
  }

 private:
  std::unique_ptr<hybugs::TracedFunction> encode_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
