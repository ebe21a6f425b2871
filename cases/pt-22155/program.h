// A block of self-attention over word vectors whose score bias, mask and reach are options: a server sets
// them or takes them away between requests.
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::IValue;
using torch::Tensor;

constexpr int64_t kWords = 20, kWidth = 8, kHeads = 2;

/// Calls: ("embed", words [n]) gives their vectors [n, kWidth]. ("set", name, value) sets an option, None takes it
/// away; gives whether it is set now. ("attend", words [n]) gives the block's output [n, kWidth] and its attention
/// [kHeads, n, n]. Options: "bias" [kHeads, n, n] is added to the scores, "mask" [n, n] is true where a word may not
/// look, "reach" is the largest distance that a word looks.
class Block : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string& phase = in[0].toStringRef();
    if (phase == "embed") return {embed(in[1].toTensor())};
    if (phase == "attend") return attend(in[1].toTensor());
    set(in[1].toStringRef(), in[2]);
    return {!in[2].isNone()};
  }

 protected:
  virtual Tensor embed(const Tensor& words) = 0;
  virtual Values attend(const Tensor& words) = 0;
  virtual void set(const std::string& name, const IValue& value) = 0;

  static Tensor normal(int64_t rows, int64_t columns) { return 0.5 * torch::randn({rows, columns}, torch::kFloat64); }

  const Tensor table_ = normal(kWords, kWidth);
  const Tensor query_ = normal(kWidth, kWidth), key_ = normal(kWidth, kWidth), value_ = normal(kWidth, kWidth);
  const Tensor output_ = normal(kWidth, kWidth);
};

class Eager : public Block {
 protected:
  Tensor embed(const Tensor& words) override { return torch::embedding(table_, words) * std::sqrt(kWidth); }

  Values attend(const Tensor& words) override {
    const Tensor x = embed(words);
    const auto heads = [&x](const Tensor& weight) {
      return torch::matmul(x, weight).view({x.size(0), kHeads, -1}).transpose(0, 1);
    };
    Tensor scores = torch::matmul(heads(query_), heads(key_).transpose(1, 2)) / std::sqrt(kWidth / kHeads);
    if (!options_["bias"].isNone()) scores = scores + options_["bias"].toTensor();
    if (!options_["reach"].isNone()) {
      const Tensor place = torch::arange(x.size(0));
      const Tensor distance = (place.unsqueeze(1) - place).abs();
      scores = scores.masked_fill(distance > options_["reach"].toInt(), -1e9);
    }
    if (!options_["mask"].isNone()) scores = scores.masked_fill(options_["mask"].toTensor(), -1e9);
    const Tensor attention = torch::softmax(scores, -1);
    const Tensor mixed = torch::matmul(attention, heads(value_)).transpose(0, 1).flatten(1);
    return {torch::matmul(mixed, output_), attention};
  }

  void set(const std::string& name, const IValue& value) override { options_[name] = value; }

 private:
  std::map<std::string, IValue> options_;
};

/// The block as a script module: weights and options are attributes. embed() is there at once.
class ScriptBlock : public Eager {
 public:
  ScriptBlock() {
    const std::pair<const char*, Tensor> weights[] = {
        {"table", table_}, {"query", query_}, {"key", key_}, {"value", value_}, {"output", output_}};
    for (const auto& [name, weight] : weights) block_.register_buffer(name, weight);
    for (const char* name : {"bias", "mask"}) {
      block_.register_attribute(name, c10::OptionalType::create(c10::TensorType::get()), IValue());
    }
    block_.register_attribute("reach", c10::OptionalType::create(c10::IntType::get()), IValue());
    block_.define(R"(
def embed(self, words):
    return torch.embedding(self.table, words) * 8 ** 0.5

def heads(self, x, weight):
    return torch.matmul(x, weight).view([x.size(0), 2, -1]).transpose(0, 1)
)");
  }

 protected:
  Tensor embed(const Tensor& words) override { return block_.run_method("embed", words).toTensor(); }
  void set(const std::string& name, const IValue& value) override { block_.setattr(name, value); }

  torch::jit::Module block_{"block"};
};

/// Requests with every option on its own and together; each is taken away again.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto words = [](int64_t n) { return torch::randint(kWords, {n}, torch::kInt64); };
  const auto bias = [](int64_t n) { return torch::randn({kHeads, n, n}, torch::kFloat64); };
  const auto mask = [](int64_t n) { return torch::ones({n, n}, torch::kBool).triu(1); };
  return {{"embed", words(5)},       {"set", "mask", mask(6)}, {"attend", words(6)},     {"set", "mask", IValue()},
          {"attend", words(9)},      {"set", "bias", bias(7)}, {"set", "mask", mask(7)}, {"attend", words(7)},
          {"set", "bias", IValue()}, {"set", "reach", 2},      {"attend", words(7)},     {"set", "mask", IValue()},
          {"attend", words(11)},     {"set", "reach", 0},      {"attend", words(4)},     {"set", "reach", IValue()},
          {"attend", words(1)},      {"embed", words(3)}};
}

}  // namespace
