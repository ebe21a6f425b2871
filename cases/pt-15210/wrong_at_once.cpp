// The author closes the gap between reading and storing from the other side: a worker that plays stores its positions
// as soon as it has evaluated them. Who comes later in the round evaluates with other statistics.
#include "program.h"

namespace {

class Hybrid : public ScriptSelfPlay {
 public:
  Hybrid()
      : ScriptSelfPlay(R"(
def play(self, x):
    evaluation = self.forward(x, self.statistics())
    self.store(self.joined(x, self.statistics()))
    return evaluation

def analyse(self, x):
    return self.forward(x, self.statistics())
)") {}

  Values call(const Values& in) override {
    phase_ = in[0].toStringRef();
    return SelfPlay::call(in);
  }

 protected:
  Values evaluate(const Tensor& x) override { return locked(phase_, {x}).toTupleRef().elements(); }

  void record(const Tensor& /*x*/, const Values& /*evaluation*/) override {}

 private:
  std::string phase_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
