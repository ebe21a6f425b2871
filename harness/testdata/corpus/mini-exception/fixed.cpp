#include "program.h"

HYBUGS_CASE(numbers, Eager, Traced)
