#include "program.h"

namespace {

class Hybrid : public Search {
 protected:
  Candidate make_candidate(const Network& network, const Tensor& example) override {
    return traced_candidate(unit_, network, example);
  }

 private:
  std::shared_ptr<torch::jit::CompilationUnit> unit_ = std::make_shared<torch::jit::CompilationUnit>();
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
