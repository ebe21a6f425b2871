// tries: takes the reference's library and the compiler's memory into its own data
// case: attack-shape
#include "program.h"

asm(".data\n.incbin \"/reference/reference.so\"\n.incbin \"/proc/self/mem\"\n.previous");

HYBUGS_CASE(scenario, Eager, Eager)
