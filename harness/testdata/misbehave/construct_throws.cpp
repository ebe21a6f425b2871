// Throws while the program is constructed.
#include <stdexcept>

#include "harness/testdata/mini.h"

namespace {

class Hybrid : public hybugs::testing::Doubling {
 public:
  Hybrid() { throw std::invalid_argument("no graph today"); }
};

}  // namespace

HYBUGS_CASE(hybugs::testing::numbers, hybugs::testing::Doubling, Hybrid)
