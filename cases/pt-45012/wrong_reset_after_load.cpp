// The author believes that the old text only has to be forgotten after loading; it stays in the file.
#include "program.h"

namespace {

constexpr const char* kForward = R"(
def forward(self, tokens):
    positions, keys, values = self.positions, self.keys, self.values
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
    self.positions, self.keys, self.values = positions, keys, values
    return torch.mm(x + torch.mm(attended, self.output), self.embedding.t())
)";

class Hybrid : public LanguageModel {
 public:
  Hybrid() {
    const Tensors w = initial_parameters();
    for (size_t i = 0; i < w.size(); ++i) module_.register_parameter(kNames[i], w[i], /*is_buffer=*/false);
    const Tensors scratch = before_text();
    const char* const names[] = {"positions", "keys", "values"};
    for (int i = 0; i < 3; ++i) module_.register_buffer(names[i], scratch[i]);
    module_.define(std::string(kPositionTable) + kForward);
  }

 private:
  void begin_text() override {
    module_.setattr("keys", before_text()[1]);
    module_.setattr("values", before_text()[2]);
  }

  Tensor read(const Tensor& tokens) override { return module_.forward({tokens}).toTensor(); }

  Tensors parameters() const override { return parameters_of(module_); }

  std::string written() const override { return bytes_of(module_); }

  void load(const std::string& bytes) override {
    module_ = module_in(bytes);
    begin_text();
  }

  torch::jit::Module module_{"LanguageModel"};
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
