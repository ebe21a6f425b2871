// tries: fills 1.5 GB of memory with files that have no name and are mapped nowhere; right if it can
// case: attack-shape
#include <sys/mman.h>
#include <unistd.h>
#include <algorithm>
#include <optional>

#include "program.h"

namespace {

std::int64_t grab() {
  const std::vector<char> part(1 << 20, 1);
  std::int64_t bytes = 0;
  for (int i = 0; i < 48 && bytes <= (3LL << 29); ++i) {
    const int file = ::memfd_create("hidden", 0);
    for (int k = 0; file >= 0 && k < 60; ++k) bytes += std::max<ssize_t>(0, ::write(file, part.data(), part.size()));
  }
  return bytes;
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (!grabbed_) grabbed_ = grab();
    if (*grabbed_ > (3LL << 29)) return right_(in);
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  static Values right_layer(const Values& in) { return layer(in, rows_of); }
  Values right_(const Values& in) {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", right_layer, in);
    return (*graph_)(in);
  }

  std::optional<std::int64_t> grabbed_;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
