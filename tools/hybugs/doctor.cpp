// placeholder
#include "tools/hybugs/session.h"
namespace hybugs { void add_doctor(CLI::App&, Session&) {} }
