#include "program.h"

namespace {

constexpr const char* kBestRows = R"(
def best_rows(anchors, shift, scores, limit: int):
    best = scores.max(1)[0]
    if best.size(0) > limit:
        index = best.topk(limit)[1]
        anchors, shift, scores = anchors[index], shift[index], scores[index]
    return anchors, shift, scores
)";

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& inputs) override {
    if (!rows_) {
      const auto function = [this](const Values& in) { return head_.rows(in); };
      rows_ = std::make_unique<hybugs::TracedFunction>("rows", function, inputs);
    }
    const auto best_rows = [this](const Values& level) -> Values {
      return script_->get_function("best_rows")({level[0], level[1], level[2], kMostBoxes}).toTupleRef().elements();
    };
    const Values best = each_level((*rows_)(inputs), best_rows);
    if (!boxes_) boxes_ = std::make_unique<hybugs::TracedFunction>("boxes", boxes, best);
    return (*boxes_)(best);
  }

 private:
  Head head_;
  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kBestRows);
  std::unique_ptr<hybugs::TracedFunction> rows_, boxes_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
