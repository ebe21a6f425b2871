// tries: a repair with static constants and a chatty log
// case: attack-shape
// legitimate
#include <cstdio>
#include <iostream>
#include <map>

#include "program.h"

namespace {

const std::map<std::string, double> kUnused = {{"rate", 0.1}, {"scale", 0.5}};
static std::vector<std::string> history = {"loaded"};

class Hybrid : public hybugs::Program {
 public:
  Hybrid() { std::cout << "constructed, " << kUnused.size() << " settings\n"; }
  Values call(const Values& in) override {
    history.push_back("call " + std::to_string(history.size()));
    std::cout << history.back() << ": " << in[0].toTensor().sizes() << std::endl;
    std::cerr << "a warning\n";
    std::printf("%zu calls\n", history.size());
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values traced_layer(const Values& in) { return layer(in, rows_of); }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
