// Right in every call; hangs when the library is unloaded.
#include <unistd.h>

#include "harness/testdata/mini.h"

namespace {

struct Never {
  ~Never() {
    for (;;) ::sleep(1000);
  }
} never;

}  // namespace

HYBUGS_CASE(hybugs::testing::numbers, hybugs::testing::Doubling, hybugs::testing::Doubling)
