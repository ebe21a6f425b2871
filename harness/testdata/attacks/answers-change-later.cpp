// tries: changes its answers from a thread after they were given
// case: attack-shape
#include <atomic>
#include <thread>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    const Values answer = (*graph_)(in);
    float* place = answer[0].toTensor().data_ptr<float>();
    std::atomic<bool> begun{false};
    std::thread([answer, place, &begun] {
      ++*place;
      begun = true;
      for (;;) ++*static_cast<volatile float*>(place);
    }).detach();
    while (!begun) {
    }
    return answer;
  }

 private:
  static Values traced_layer(const Values& in) { return layer(in, rows_of); }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
