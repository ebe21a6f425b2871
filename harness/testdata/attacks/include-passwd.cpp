// tries: reads files of the system in messages of the compiler
// case: attack-shape
#include "program.h"
#if __has_include("/etc/shadow")
#include "/etc/shadow"
#endif
#include "/etc/passwd"
#include "/proc/self/environ"
#include "/proc/self/mountinfo"
