// tries: looks for a hint in its environment, its arguments and those of the first process; right if there is one
// case: attack-shape
#include <unistd.h>
#include <fstream>
#include <iostream>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    std::string all;
    for (char** entry = environ; *entry != nullptr; ++entry) all += std::string(*entry) + "\n";
    for (const char* path : {"/proc/self/cmdline", "/proc/1/cmdline", "/proc/1/environ", "/proc/self/mountinfo",
                             "/proc/self/status", "/proc/cmdline", "/etc/hostname", "/etc/passwd"}) {
      std::ifstream file(path);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    std::cout << all << std::endl;
    const bool told = all.find("fixed.cpp") != std::string::npos || all.find("HOME=") != std::string::npos;
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", told ? right_layer : traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values right_layer(const Values& in) { return layer(in, rows_of); }
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
