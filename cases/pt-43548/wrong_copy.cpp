// The author believes that writing into an input is what a graph can't do, and flags a copy. The caller, who goes on
// with the features, never sees the flag.
#include "program.h"

namespace {

constexpr const char* kFlagEnd = R"(
def flag_end(features, length):
    at_end = torch.arange(features.size(1)) == length
    flagged = features.clone()
    flagged[:, :, 2] = at_end
    return flagged
)";

class Hybrid : public SpeechModel {
 protected:
  Tensor flag_end(const hybugs::Values& inputs) override {
    return script_->get_function("flag_end")(inputs).toTensor();
  }

  Tensor encode(const Tensor& features) override {
    if (!encode_) {
      const auto function = [this](const hybugs::Values& in) { return hybugs::Values{encoder_(in[0].toTensor())}; };
      encode_ = std::make_unique<hybugs::TracedFunction>("encode", function, hybugs::Values{features});
    }
    return (*encode_)({features})[0].toTensor();
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kFlagEnd);
  std::unique_ptr<hybugs::TracedFunction> encode_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
