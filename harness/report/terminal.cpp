#include "harness/report/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace hybugs {

bool is_terminal(int fd) {
  const char* type = std::getenv("TERM");
  return ::isatty(fd) != 0 && type != nullptr && std::string(type) != "dumb";
}

int output_width(int fd) {
  winsize size{};
  const bool known = ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kPipeWidth;
}

}  // namespace hybugs
