// A small language model that reads a text piece by piece. It keeps the keys and values of the tokens read so far, and
// a table of position encodings that grows with the text.
#pragma once

#include <cmath>
#include <map>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;
using Tensors = std::vector<Tensor>;

constexpr int64_t kVocabulary = 32;
constexpr int64_t kWidth = 16;
constexpr double kRate = 0.3;
const std::vector<std::string> kNames = {"embedding", "key", "output", "query", "value"};

/// The parameters in the order of kNames.
inline Tensors initial_parameters() {
  Tensors parameters;
  for (const int64_t rows : {kVocabulary, kWidth, kWidth, kWidth, kWidth}) {
    parameters.push_back((0.5 * torch::randn({rows, kWidth}, torch::kFloat64)).requires_grad_());
  }
  return parameters;
}

/// Sines and cosines of the positions 0 to length - 1, [length, width], in C++ and as a script.
inline Tensor position_table(int64_t length) {
  const Tensor rate = torch::exp(torch::arange(kWidth / 2, torch::kFloat64) * (-std::log(1e4) / (kWidth / 2)));
  const Tensor angle = torch::arange(length, torch::kFloat64).unsqueeze(1) * rate;
  return torch::cat({torch::sin(angle), torch::cos(angle)}, 1);
}
constexpr const char* kPositionTable = R"(
def position_table(self, length: int):
    rate = torch.exp(torch.arange(8, dtype=7) * -1.151292546497023)
    angle = torch.arange(length, dtype=7).unsqueeze(1) * rate
    return torch.cat([torch.sin(angle), torch.cos(angle)], 1)
)";

/// What the model needs before the first token of a text: the table, the keys and the values, [.., width] each.
inline Tensors before_text() {
  return {position_table(8), torch::zeros({0, kWidth}, torch::kFloat64), torch::zeros({0, kWidth}, torch::kFloat64)};
}

inline std::string bytes_of(const torch::jit::Module& module) {
  std::ostringstream out;
  module.save(out);
  return out.str();
}

inline torch::jit::Module module_in(const std::string& bytes) {
  std::istringstream in(bytes);
  return torch::jit::load(in);
}

/// The names of all tensors in the file of a module.
inline std::vector<std::string> tensors_in(const std::string& bytes) {
  std::vector<std::string> names;
  for (const auto& attribute : module_in(bytes).named_attributes()) {
    if (attribute.value.isTensor()) names.push_back(attribute.name);
  }
  return names;
}

inline Tensors parameters_of(const torch::jit::Module& module) {
  Tensors parameters;
  for (const Tensor& parameter : module.parameters()) parameters.push_back(parameter);
  return parameters;
}

/// Calls: {"read", tokens [n]} reads the next piece of the text and outputs the scores of the token after each,
/// [n, vocabulary]. {"tune", tokens [n + 1]} makes a step of gradient descent on a text and outputs the loss. {"save",
/// file} writes the model and outputs the names of the tensors in the file; {"load", file} goes on with a file. Reading
/// begins a new text after "tune" and "load"; "save" doesn't interrupt it.
class LanguageModel : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    const std::string& what = inputs[0].toStringRef();
    if (what == "save") return {tensors_in(files_[inputs[1].toStringRef()] = written())};
    if (what == "tune") return {tune(inputs[1].toTensor())};
    const torch::NoGradGuard no_grad;
    if (what == "read") return {read(inputs[1].toTensor())};
    load(files_.at(inputs[1].toStringRef()));
    return {};
  }

 protected:
  /// The next call of read() begins a text.
  virtual void begin_text() = 0;
  virtual Tensor read(const Tensor& tokens) = 0;
  virtual Tensors parameters() const = 0;
  /// The bytes of a file that holds the model.
  virtual std::string written() const = 0;
  virtual void load(const std::string& bytes) = 0;

 private:
  Tensor tune(const Tensor& tokens) {
    begin_text();
    const int64_t n = tokens.size(0) - 1;
    const Tensor log_probs = torch::log_softmax(read(tokens.narrow(0, 0, n)), 1);
    const Tensor loss = -log_probs.gather(1, tokens.narrow(0, 1, n).unsqueeze(1)).mean();
    const Tensors all = parameters();
    const Tensors gradients = torch::autograd::grad({loss}, all);
    const torch::NoGradGuard no_grad;
    for (size_t i = 0; i < all.size(); ++i) all[i].sub_(kRate * gradients[i]);
    begin_text();
    return loss.detach();
  }

  std::map<std::string, std::string> files_;
};

class Eager : public LanguageModel {
  void begin_text() override { scratch_ = {scratch_[0], before_text()[1], before_text()[2]}; }

  Tensor read(const Tensor& tokens) override {
    Tensor &positions = scratch_[0], &keys = scratch_[1], &values = scratch_[2];
    const int64_t start = keys.size(0);
    const int64_t end = start + tokens.size(0);
    if (end > positions.size(0)) positions = position_table(2 * end);
    const Tensor x = torch::embedding(w_[0], tokens) + positions.slice(0, start, end);
    keys = torch::cat({keys, torch::mm(x, w_[1])});
    values = torch::cat({values, torch::mm(x, w_[4])});
    const Tensor later = torch::ones({end - start, end}, torch::kBool).triu(start + 1);
    const Tensor scores = torch::mm(torch::mm(x, w_[3]), keys.t()) * 0.25;
    const Tensor attended = torch::mm(torch::softmax(scores.masked_fill(later, -1e9), 1), values);
    return torch::mm(x + torch::mm(attended, w_[2]), w_[0].t());
  }

  Tensors parameters() const override { return w_; }

  std::string written() const override {
    torch::jit::Module module("LanguageModel");
    for (size_t i = 0; i < w_.size(); ++i) module.register_parameter(kNames[i], w_[i], /*is_buffer=*/false);
    return bytes_of(module);
  }

  void load(const std::string& bytes) override {
    w_ = parameters_of(module_in(bytes));
    begin_text();
  }

  Tensors w_ = initial_parameters();
  Tensors scratch_ = before_text();
};

/// Tuning and reading; the text goes on behind the file, others begin; a text outgrows the table; older files return.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto tune = [](int64_t n) { return Values{"tune", torch::randint(kVocabulary, {n + 1})}; };
  const auto read = [](int64_t n) { return Values{"read", torch::randint(kVocabulary, {n})}; };
  const auto save = [](const char* file) { return Values{"save", file}; };
  const auto load = [](const char* file) { return Values{"load", file}; };
  return {tune(6), read(5),   read(1),  read(1),   save("a"), read(2),   load("a"), read(4),   read(1),   tune(7),
          read(3), save("b"), read(16), load("a"), read(2),   load("b"), read(9),   save("c"), load("c"), read(20)};
}

}  // namespace
