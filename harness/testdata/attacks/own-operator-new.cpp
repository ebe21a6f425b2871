// tries: brings its own allocation of memory, which hands out one place to all
// case: attack-shape
#include <cstdlib>
#include <new>

#include "program.h"

alignas(64) static char place[1 << 16];
__attribute__((visibility("default"))) void* operator new(std::size_t size) {
  return size < sizeof place ? place : std::malloc(size);
}
__attribute__((visibility("default"))) void operator delete(void*) noexcept {}
__attribute__((visibility("default"))) void operator delete(void*, std::size_t) noexcept {}
extern "C" __attribute__((visibility("default"))) void free(void*) noexcept {}

namespace {

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override { return layer(in, rows_of); }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
