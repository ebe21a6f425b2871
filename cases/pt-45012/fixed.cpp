#include "program.h"

namespace {

constexpr const char* kForward = R"(
def forward(self, tokens, positions, keys, values):
    start = keys.size(0)
    end = start + tokens.size(0)
    if end > positions.size(0):
        positions = self.position_table(2 * end)
    x = torch.embedding(self.embedding, tokens) + positions[start:end]
    keys = torch.cat([keys, torch.mm(x, self.key)])
    values = torch.cat([values, torch.mm(x, self.value)])
    later = torch.triu(torch.ones([end - start, end], dtype=11), start + 1)
    scores = torch.mm(torch.mm(x, self.query), keys.t()) * 0.25
    attended = torch.mm(torch.softmax(scores.masked_fill(later, -1e9), 1), values)
    scores = torch.mm(x + torch.mm(attended, self.output), self.embedding.t())
    return scores, positions, keys, values
)";

class Hybrid : public LanguageModel {
 public:
  Hybrid() {
    const Tensors w = initial_parameters();
    for (size_t i = 0; i < w.size(); ++i) module_.register_parameter(kNames[i], w[i], /*is_buffer=*/false);
    module_.define(std::string(kPositionTable) + kForward);
  }

 private:
  void begin_text() override { scratch_ = {scratch_[0], before_text()[1], before_text()[2]}; }

  Tensor read(const Tensor& tokens) override {
    const auto outputs = module_.forward({tokens, scratch_[0], scratch_[1], scratch_[2]}).toTuple();
    for (int i = 0; i < 3; ++i) scratch_[i] = outputs->elements()[i + 1].toTensor();
    return outputs->elements()[0].toTensor();
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
