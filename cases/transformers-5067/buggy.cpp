#include "program.h"

namespace {

class Hybrid : public Tagger {
  Tensor tag(const Tensor& ids) override {
    const int64_t length = ids.size(1);
    const std::vector<int64_t> pad = {0, kMaxLength - length};
    const Values in = {torch::constant_pad_nd(ids, pad), torch::constant_pad_nd(torch::ones_like(ids), pad), w_};
    if (!graph_) {
      const auto function = [](const Values& v) {
        return Values{bert(v[0].toTensor(), v[1].toTensor(), v[2].toTensorVector())};
      };
      graph_ = std::make_unique<hybugs::TracedFunction>("bert", function, in);
    }
    return (*graph_)(in)[0].toTensor().narrow(1, 0, length);
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
