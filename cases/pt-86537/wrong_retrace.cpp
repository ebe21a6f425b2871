// The author believes that a graph must not outlive the evaluation that it serves: a candidate is only its weights, and
// is recorded again whenever it is evaluated.
#include "program.h"

namespace {

class Hybrid : public Search {
 protected:
  Candidate make_candidate(const Network& network, const Tensor& /*example*/) override {
    return [network](const Tensor& x) {
      return traced_candidate(std::make_shared<torch::jit::CompilationUnit>(), network, x)(x);
    };
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
