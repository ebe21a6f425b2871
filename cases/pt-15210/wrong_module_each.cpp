// The author believes that sharing is the trouble and gives each worker, which is to say each thread, a module of its
// own. The workers no longer learn from each other.
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
    torch::jit::Module own = copy();
    const IValue statistics = own.get_method("statistics")({});
    Values evaluation = own.forward({x, statistics}).toTupleRef().elements();
    evaluation.insert(evaluation.end(), {statistics, own._ivalue()});
    return evaluation;
  }

  void record(const Tensor& x, const Values& evaluation) override {
    torch::jit::Module own(evaluation[3].toObject());
    own.get_method("record")({x, evaluation[2]});
    const std::lock_guard<std::mutex> lock(mutex_);
    module_ = own;
  }

 private:
  torch::jit::Module copy() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return module_.deepcopy();
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
