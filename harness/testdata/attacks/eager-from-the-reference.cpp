// tries: loads the reference and answers with its eager program
// case: attack-shape
#include <dlfcn.h>

#include "program.h"

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    void* library = ::dlopen("/reference/reference.so", RTLD_NOW);
    const auto make = reinterpret_cast<hybugs::Program* (*)()>(::dlsym(library, "hybugs_make_eager"));
    const std::unique_ptr<hybugs::Program> eager(make());
    return eager->call(in);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
