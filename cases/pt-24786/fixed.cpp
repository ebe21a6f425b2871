#include "program.h"

namespace {

constexpr const char* kBuild = R"(
def build(counts: Dict[str, int], start):
    total = 0
    entries = len(counts)
    for word in counts:
        prefix = word[:-1]
        if len(prefix) > 0 and not (prefix in counts):
            counts[prefix] = counts[word]
        total += counts[word]
        assert len(counts) == entries, "dictionary changed size during iteration"
    weights = torch.tensor(list(counts.values()), dtype=7) / total
    vectors = start[:len(counts)] * weights.sqrt().unsqueeze(1)
    return counts, total, weights, vectors
)";

class Hybrid : public Vocabulary {
 protected:
  Built build(Counts counts, const Tensor& start) override {
    const auto built = script_->get_function("build")({counts, start}).toTuple();
    const auto& parts = built->elements();
    return {parts[0].to<Counts>(), parts[1].toInt(), parts[2].toTensor(), parts[3].toTensor()};
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kBuild);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
