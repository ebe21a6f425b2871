#include "harness/testdata/mini.h"

HYBUGS_CASE(hybugs::testing::numbers, hybugs::testing::Doubling, hybugs::testing::TracedDoubling)
