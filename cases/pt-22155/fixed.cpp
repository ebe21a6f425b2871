#include "program.h"

namespace {

constexpr const char* kAttend = R"(
def attend(self, words):
    x = self.embed(words)
    q, k, v = self.heads(x, self.query), self.heads(x, self.key), self.heads(x, self.value)
    scores = torch.matmul(q, k.transpose(1, 2)) / 4 ** 0.5
    bias = self.bias
    if bias is not None:
        scores = scores + bias
    reach = self.reach
    if reach is not None:
        place = torch.arange(x.size(0))
        scores = scores.masked_fill((place.unsqueeze(1) - place).abs() > reach, -1e9)
    mask = self.mask
    if mask is not None:
        scores = scores.masked_fill(mask, -1e9)
    attention = torch.softmax(scores, -1)
    mixed = torch.matmul(attention, v).transpose(0, 1).flatten(1)
    return torch.matmul(mixed, self.output), attention
)";

class Hybrid : public ScriptBlock {
 protected:
  Values attend(const Tensor& words) override {
    if (!block_.find_method("attend")) block_.define(kAttend);
    return block_.run_method("attend", words).toTupleRef().elements().vec();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
