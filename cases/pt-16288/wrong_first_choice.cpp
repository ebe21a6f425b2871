// The author gives both lists a first element, so that the compiler can see what they hold, and believes that it does
// no harm: each sentence begins with the word that begins sentences, and it continues itself.
#include "program.h"

namespace {

constexpr const char* kSearch = R"(
def search(state, width: int, steps: int, w: List[Tensor]):
    word = torch.zeros([1], dtype=4)
    total = torch.zeros([1], dtype=7)
    done = torch.full([12], float("-inf"), dtype=7)
    done[1] = 0.0
    choices = [(word, word)]
    for i in range(steps):
        log_probs, state = decoder_step(word, state, w)
        log_probs = torch.where((word == 1).unsqueeze(1), done, log_probs)
        total, best = torch.topk((total.unsqueeze(1) + log_probs).flatten(), width)
        parent = torch.div(best, 12, rounding_mode="floor")
        word = best % 12
        state = state.index_select(0, parent)
        choices.append((word, parent))
    sentence = [0]
    at = int(total.argmax())
    for i in range(steps):
        word, parent = choices[steps - i]
        if int(word[at]) != 1:
            sentence.append(int(word[at]))
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
