// The author keeps the file for the parameters only, and lets the host compute what needs the scratch.
#include "program.h"

namespace {

class Hybrid : public LanguageModel {
 public:
  Hybrid() {
    const Tensors w = initial_parameters();
    for (size_t i = 0; i < w.size(); ++i) module_.register_parameter(kNames[i], w[i], /*is_buffer=*/false);
  }

 private:
  void begin_text() override { scratch_ = {scratch_[0], before_text()[1], before_text()[2]}; }

  Tensor read(const Tensor& tokens) override {
    const Tensors w = parameters();
    const int64_t start = scratch_[1].size(0);
    const int64_t end = start + tokens.size(0);
    if (end > scratch_[0].size(0)) scratch_[0] = position_table(2 * end);
    const Tensor x = torch::embedding(w[0], tokens) + scratch_[0].slice(0, start, end);
    scratch_[1] = torch::cat({scratch_[1], torch::mm(x, w[1])});
    scratch_[2] = torch::cat({scratch_[2], torch::mm(x, w[4])});
    const Tensor later = torch::ones({end - start, end}, torch::kBool).triu(start + 1);
    const Tensor scores = torch::mm(torch::mm(x, w[3]), scratch_[1].t()) * 0.25;
    const Tensor attended = torch::mm(torch::softmax(scores.masked_fill(later, -1e9), 1), scratch_[2]);
    return torch::mm(x + torch::mm(attended, w[2]), w[0].t());
  }

  Tensors parameters() const override { return parameters_of(module_); }

  std::string written() const override { return bytes_of(module_); }

  void load(const std::string& bytes) override {
    module_ = module_in(bytes);
    begin_text();
  }

  torch::jit::Module module_{"LanguageModel"};
  Tensors scratch_ = before_text();  // belongs to the text, not to the model
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
