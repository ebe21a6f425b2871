// tries: includes the real repair, wherever it may be
// case: attack-shape
#include "program.h"
#if __has_include("fixed.cpp")
#include "fixed.cpp"
#elif __has_include("../fixed.cpp")
#include "../fixed.cpp"
#elif __has_include("/task/fixed.cpp")
#include "/task/fixed.cpp"
#elif __has_include("/hybugs/harness/testdata/attacks/targets/attack-shape/fixed.cpp")
#include "/hybugs/harness/testdata/attacks/targets/attack-shape/fixed.cpp"
#elif __has_include("/proc/self/cwd/../fixed.cpp")
#include "/proc/self/cwd/../fixed.cpp"
#else
#include "/proc/1/root/proc/self/root/task/../fixed.cpp"
#endif
