#include "harness/testdata/mini.h"

this is no C++;
