#include "program.h"

namespace {

const char* const kForward = R"(
def forward(self, frames):
    smooth = torch.conv2d(frames, self.filter, self.offset)
    signal = smooth.to(torch.result_type(smooth, self.sky)) - self.sky
    return signal, torch.mm(signal.mean([2, 3]), self.response)
)";

class Hybrid : public Eager {
 public:
  Hybrid() {
    for (const Pipeline& pipeline : pipelines_) modules_.push_back(torch::jit::freeze(make_module(pipeline, kForward)));
  }

 private:
  Values run(int64_t camera, const Tensor& frames) override {
    return modules_.at(camera).forward({frames}).toTupleRef().elements();
  }

  std::vector<torch::jit::Module> modules_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
