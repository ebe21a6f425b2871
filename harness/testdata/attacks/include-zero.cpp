// tries: compiles a file without an end
// case: attack-shape
#include "/dev/zero"
#include "program.h"
