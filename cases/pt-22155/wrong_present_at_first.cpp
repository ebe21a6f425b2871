// The author believes that a block has an option from the start or never: the method is written for the options that
// are set when it is compiled, and insists on them.
#include "program.h"

namespace {

std::string attend_text(const torch::jit::Module& block) {
  const auto with = [&block](const std::string& name, const std::string& line) {
    if (block.attr(name).isNone()) return std::string();
    return "    " + name + " = self." + name + "\n    assert " + name + " is not None\n    " + line + "\n";
  };
  return R"(
def attend(self, words):
    x = self.embed(words)
    q, k, v = self.heads(x, self.query), self.heads(x, self.key), self.heads(x, self.value)
    scores = torch.matmul(q, k.transpose(1, 2)) / 4 ** 0.5
    place = torch.arange(x.size(0))
)" + with("bias", "scores = scores + bias") +
         with("reach", "scores = scores.masked_fill((place.unsqueeze(1) - place).abs() > reach, -1e9)") +
         with("mask", "scores = scores.masked_fill(mask, -1e9)") +
         R"(
    attention = torch.softmax(scores, -1)
    mixed = torch.matmul(attention, v).transpose(0, 1).flatten(1)
    return torch.matmul(mixed, self.output), attention
)";
}

class Hybrid : public ScriptBlock {
 protected:
  Values attend(const Tensor& words) override {
    if (!block_.find_method("attend")) block_.define(attend_text(block_));
    return block_.run_method("attend", words).toTupleRef().elements().vec();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
