// The author learns that a list without a declaration holds tensors, and gives it tensors: words and choices are
// stacked, and whoever needs numbers is believed to convert them.
#include "program.h"

namespace {

constexpr const char* kSearch = R"(
def search(state, width: int, steps: int, w: List[Tensor]):
    word = torch.zeros([1], dtype=4)
    total = torch.zeros([1], dtype=7)
    done = torch.full([12], float("-inf"), dtype=7)
    done[1] = 0.0
    choices = []
    for i in range(steps):
        log_probs, state = decoder_step(word, state, w)
        log_probs = torch.where((word == 1).unsqueeze(1), done, log_probs)
        total, best = torch.topk((total.unsqueeze(1) + log_probs).flatten(), width)
        parent = torch.div(best, 12, rounding_mode="floor")
        word = best % 12
        state = state.index_select(0, parent)
        choices.append(torch.stack([word, parent]))
    sentence = []
    at = int(total.argmax())
    for i in range(steps):
        word, parent = choices[steps - 1 - i].unbind(0)
        if int(word[at]) != 1:
            sentence.append(word[at])
        at = int(parent[at])
    sentence.reverse()
    return sentence, total, choices
)";

class Hybrid : public Translator {
 protected:
  Tensor score(const Values& in) override { return decoder_->get_function("score")(in).toTensor(); }

  Values search(const Values& in) override {
    if (!search_) search_ = torch::jit::compile(std::string(kDecoder) + kSearch);
    return search_->get_function("search")(in).toTupleRef().elements().vec();
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> decoder_ = torch::jit::compile(kDecoder), search_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
