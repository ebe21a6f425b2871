// tries: fills memory and disk of the compiler with constants
// case: attack-shape
#include "program.h"

asm(".data\n.fill 1099511627776, 8, 0x5a5a5a5a5a5a5a5a\n.previous");

HYBUGS_CASE(scenario, Eager, Eager)
