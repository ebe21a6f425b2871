#include "tools/exercise/save_watch.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <tuple>
#include <utility>

namespace hybugs {
namespace {

constexpr int kInterval = 200;  // ms between looks at the file: network folders have no notifications

}  // namespace

bool SaveWatch::Stamp::operator==(const Stamp& other) const {
  return std::tie(seconds, nanoseconds, size, inode) ==
         std::tie(other.seconds, other.nanoseconds, other.size, other.inode);
}

SaveWatch::SaveWatch(std::string file, const std::atomic<bool>& stop)
    : file_(std::move(file)), stop_(stop), last_(stamp()) {}

SaveWatch::Stamp SaveWatch::stamp() const {
  struct stat status = {};
  if (::stat(file_.c_str(), &status) != 0) return {};
  return {status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size, status.st_ino};
}

// Waits for a while; false when nothing was typed.
bool SaveWatch::read_letter(char& letter) {
  if (input_ended_) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kInterval));
    return false;
  }
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (::poll(&input, 1, kInterval) <= 0) return false;
  char line[256];
  const ssize_t size = ::read(STDIN_FILENO, line, sizeof line);
  input_ended_ = size <= 0;
  letter = line[0];
  return size > 0;
}

char SaveWatch::wait() {
  while (!stop_) {
    char letter = 0;
    if (read_letter(letter)) return letter;
    const Stamp now = stamp();
    if (now.size < 0 || now == last_) continue;
    last_ = now;
    return kSaved;
  }
  return kLeave;
}

}  // namespace hybugs
