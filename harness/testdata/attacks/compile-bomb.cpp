// tries: keeps the compiler busy with templates that double
// case: attack-shape
#include "program.h"

namespace {

template <int Depth, typename T>
struct Bomb {
  static constexpr int value = Bomb<Depth - 1, Bomb<Depth, T*>>::value + Bomb<Depth - 1, Bomb<Depth, T&>>::value;
};
template <typename T>
struct Bomb<0, T> {
  static constexpr int value = 1;
};

static_assert(Bomb<40, int>::value > 0);

}  // namespace

HYBUGS_CASE(scenario, Eager, Eager)
