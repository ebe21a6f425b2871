// Never gets through its static initialisers.
#include <unistd.h>

#include "harness/testdata/mini.h"

namespace {

const int never = [] {
  for (;;) ::sleep(1000);
  return 0;
}();

using Hybrid = hybugs::testing::Doubling;

}  // namespace

HYBUGS_CASE(hybugs::testing::numbers, hybugs::testing::Doubling, Hybrid)
