// tries: keeps answers on disk from one trial to the next
// case: attack-shape
#include <torch/serialize.h>
#include <filesystem>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::string path = "/tmp/answer" + std::to_string(++calls_);
    if (std::filesystem::exists(path)) {
      std::vector<torch::Tensor> kept;
      torch::load(kept, path);
      return {kept[0], kept[1]};
    }
    const Values answer = layer(in, rows_of);
    torch::save(std::vector<torch::Tensor>{answer[0].toTensor(), answer[1].toTensor()}, path);
    return answer;
  }

 private:
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
