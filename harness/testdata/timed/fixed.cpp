#include "harness/testdata/timed/timed.h"

HYBUGS_CASE(hybugs::testing::one_vector, hybugs::testing::Identity, hybugs::testing::Identity)
