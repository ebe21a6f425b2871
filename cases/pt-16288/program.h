// Beam search with a recurrent decoder: hypotheses grow word by word from a state that encodes the source sentence, and
// the best one is read back through the recorded choices.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kWords = 12, kHidden = 10;
constexpr int64_t kStart = 0, kEnd = 1;  // words that begin and end each sentence

/// The decoder for script text. w: word vectors [kWords, kHidden], the four parameters of a GRU, output layer
/// [kHidden, kWords] and [kWords]. A step takes words [n] and states [n, kHidden] and gives log probabilities
/// [n, kWords] and the next states. score() gives the log probability of each next word of a sentence [length].
constexpr const char* kDecoder = R"(
def decoder_step(word, state, w: List[Tensor]) -> Tuple[Tensor, Tensor]:
    state = torch.gru_cell(torch.embedding(w[0], word), state, w[1], w[2], w[3], w[4])
    return torch.log_softmax(torch.addmm(w[6], state, w[5]), 1), state

def score(state, sentence, w: List[Tensor]):
    scores = []
    for i in range(sentence.size(0) - 1):
        log_probs, state = decoder_step(sentence[i:i + 1], state, w)
        scores.append(log_probs[0, sentence[i + 1]])
    return torch.stack(scores)
)";

/// Calls: ("score", state [1, kHidden], sentence [length]) gives the log probabilities [length - 1]. ("search", state,
/// width, steps) gives the best hypothesis as a list of numbers of words, without the end; the log probabilities of all
/// hypotheses; for each step the words that were chosen and the hypotheses that they continue, [width] each.
class Translator : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    Values arguments(in.begin() + 1, in.end());
    arguments.emplace_back(w_);
    if (in[0].toStringRef() == "score") return {score(arguments)};
    return search(arguments);
  }

 protected:
  virtual Tensor score(const Values& in) = 0;
  virtual Values search(const Values& in) = 0;

  static Tensor normal(std::vector<int64_t> shape) { return torch::randn(shape, torch::kFloat64); }

  std::vector<Tensor> w_ = {normal({kWords, kHidden}),
                            0.5 * normal({3 * kHidden, kHidden}),
                            0.5 * normal({3 * kHidden, kHidden}),
                            normal({3 * kHidden}),
                            normal({3 * kHidden}),
                            normal({kHidden, kWords}),
                            normal({kWords})};
};

class Eager : public Translator {
 protected:
  Tensor score(const Values& in) override {
    Tensor state = in[0].toTensor();
    const Tensor sentence = in[1].toTensor();
    std::vector<Tensor> scores;
    for (int64_t i = 0; i + 1 < sentence.size(0); ++i) {
      const Tensor log_probs = step(sentence.slice(0, i, i + 1), state);
      scores.push_back(log_probs[0][sentence[i + 1].item().toLong()]);
    }
    return torch::stack(scores);
  }

  Values search(const Values& in) override {
    Tensor state = in[0].toTensor();
    const int64_t width = in[1].toInt();
    Tensor word = torch::full({1}, kStart, torch::kInt64);
    Tensor total = torch::zeros({1}, torch::kFloat64);
    const Tensor done = torch::where(torch::arange(kWords) == kEnd, 0.0, -INFINITY).to(torch::kFloat64);
    std::vector<std::tuple<Tensor, Tensor>> choices;
    for (int64_t i = 0; i < in[2].toInt(); ++i) {
      Tensor log_probs = step(word, state);
      log_probs = torch::where((word == kEnd).unsqueeze(1), done, log_probs);
      const auto best = torch::topk((total.unsqueeze(1) + log_probs).flatten(), width);
      const Tensor parent = torch::div(std::get<1>(best), kWords, "floor");
      total = std::get<0>(best);
      word = std::get<1>(best) % kWords;
      state = state.index_select(0, parent);
      choices.emplace_back(word, parent);
    }
    std::vector<int64_t> sentence;
    int64_t at = total.argmax().item().toLong();
    for (size_t i = choices.size(); i-- > 0;) {
      const int64_t chosen = std::get<0>(choices[i])[at].item().toLong();
      if (chosen != kEnd) sentence.push_back(chosen);
      at = std::get<1>(choices[i])[at].item().toLong();
    }
    std::reverse(sentence.begin(), sentence.end());
    return {sentence, total, choices};
  }

 private:
  Tensor step(const Tensor& word, Tensor& state) const {
    state = torch::gru_cell(torch::embedding(w_[0], word), state, w_[1], w_[2], w_[3], w_[4]);
    return torch::log_softmax(torch::addmm(w_[6], state, w_[5]), 1);
  }
};

/// Sentences are scored before and between searches; a search may be greedy, or have no step at all.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto state = [] { return torch::randn({1, kHidden}, torch::kFloat64); };
  const auto sentence = [](int64_t length) { return torch::randint(kEnd + 1, kWords, {length}, torch::kInt64); };
  hybugs::Scenario calls;
  for (const int64_t length : {6, 9}) calls.push_back({"score", state(), sentence(length)});
  calls.push_back({"search", state(), 3, 6});
  calls.push_back({"search", state(), 1, 8});
  calls.push_back({"search", state(), 3, 0});
  calls.push_back({"score", state(), sentence(4)});
  calls.push_back({"search", state(), 4, 1});
  calls.push_back({"search", state(), 2, 12});
  return calls;
}

}  // namespace
