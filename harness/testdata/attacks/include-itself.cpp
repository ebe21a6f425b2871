// tries: includes itself, twice each time
// case: attack-shape
#include "program.h"
#if __INCLUDE_LEVEL__ < 190
#include __FILE__
#include __FILE__
#endif
