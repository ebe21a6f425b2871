#include "program.h"

namespace {

class Hybrid : public ScriptSelfPlay {
 public:
  Hybrid()
      : ScriptSelfPlay(R"(
def record(self, x, statistics: Tuple[int, Tensor, Tensor]):
    self.store(self.joined(x, statistics))
)") {}

 protected:
  Values evaluate(const Tensor& x) override {
    const IValue statistics = locked("statistics", {});
    Values evaluation = locked("forward", {x, statistics}).toTupleRef().elements();
    evaluation.push_back(statistics);
    return evaluation;
  }

  void record(const Tensor& x, const Values& evaluation) override { locked("record", {x, evaluation[2]}); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
