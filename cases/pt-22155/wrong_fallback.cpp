// The author believes that a method with options can't be compiled, keeps the options on the host as well, and computes
// the attention imperatively.
#include "program.h"

namespace {

constexpr const char* kAttend = R"(
def attend(self, words):
    x = self.embed(words)
    q, k, v = self.heads(x, self.query), self.heads(x, self.key), self.heads(x, self.value)
    scores = torch.matmul(q, k.transpose(1, 2)) / 4 ** 0.5
    if self.bias is not None:
        scores = scores + self.bias
    if self.reach is not None:
        place = torch.arange(x.size(0))
        scores = scores.masked_fill((place.unsqueeze(1) - place).abs() > self.reach, -1e9)
    if self.mask is not None:
        scores = scores.masked_fill(self.mask, -1e9)
    attention = torch.softmax(scores, -1)
    mixed = torch.matmul(attention, v).transpose(0, 1).flatten(1)
    return torch.matmul(mixed, self.output), attention
)";

class Hybrid : public ScriptBlock {
 protected:
  Values attend(const Tensor& words) override {
    try {
      if (!block_.find_method("attend")) block_.define(kAttend);
      return block_.run_method("attend", words).toTupleRef().elements().vec();
    } catch (const std::exception&) {
      return Eager::attend(words);
    }
  }

  void set(const std::string& name, const IValue& value) override {
    ScriptBlock::set(name, value);
    Eager::set(name, value);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
