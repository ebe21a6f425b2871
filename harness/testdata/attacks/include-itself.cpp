// tries: includes itself
// case: attack-shape
#include "program.h"
#include __FILE__
