// tries: fills all places that it can write to
// case: attack-shape
#include <fstream>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const std::vector<char> block(1 << 20, 'x');
    std::int64_t written = 0;
    for (const char* folder :
         {"/tmp", "/dev/shm", "/var/tmp", "/candidate", "/hybugs", "/reference", "/run", "/usr", "/"}) {
      for (int i = 0; i < 100; ++i) {
        std::ofstream file(folder + std::string("/flood") + std::to_string(i), std::ios::binary);
        for (int part = 0; part < 60 && file.write(block.data(), 1 << 20); ++part) written += 1 << 20;
      }
    }
    if (written > (256 << 20)) return layer(in, rows_of);
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
