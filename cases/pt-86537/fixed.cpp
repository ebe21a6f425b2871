#include "program.h"

namespace {

class Hybrid : public Search {
 protected:
  Candidate make_candidate(const Network& network, const Tensor& example) override {
    return traced_candidate(std::make_shared<torch::jit::CompilationUnit>(), network, example);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
