#include "harness/report/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "harness/report/terminal.h"
#include "harness/report/text.h"

namespace hybugs {
namespace {

constexpr auto kTick = std::chrono::milliseconds(500);
constexpr const char* kErase = "\r\x1b[K";

// Progress is a courtesy: what can't be written is left out.
void write_text(int fd, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t size = ::write(fd, text.data() + written, text.size() - written);
    if (size < 0 && errno != EINTR) return;
    if (size > 0) written += static_cast<std::size_t>(size);
  }
}

}  // namespace

std::string progress_line(const ProgressState& state, int width) {
  std::string line = fmt::format("[{}/{}] {}", state.done, state.total, duration_text(state.elapsed));
  const int left = state.total - state.done;
  if (state.done > 0 && left > 0) {
    line += fmt::format(", about {} left", duration_text(state.elapsed / state.done * left));
  }
  if (!state.current.empty()) line += fmt::format(": {}", fmt::join(state.current, ", "));
  if (!state.note.empty()) line += " (" + state.note + ")";
  return fit(line, width);
}

Progress::Progress(int fd, int total) : fd_(fd), visible_(is_terminal(fd)) {
  state_.total = total;
  if (visible_) ticker_ = std::thread([this] { tick(); });
}

Progress::~Progress() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    erase();
  }
  closing_.notify_all();
  if (ticker_.joinable()) ticker_.join();
}

void Progress::start(const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  state_.current.push_back(name);
  state_.note.clear();
  draw();
}

void Progress::finish(const std::string& name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = std::find(state_.current.begin(), state_.current.end(), name);
  if (found != state_.current.end()) state_.current.erase(found);
  ++state_.done;
  state_.note.clear();
  draw();
}

void Progress::note(const std::string& text) {
  const std::lock_guard<std::mutex> lock(mutex_);
  state_.note = text;
}

void Progress::print(int fd, const std::string& lines) {
  const std::lock_guard<std::mutex> lock(mutex_);
  erase();
  write_text(fd, lines);
  draw();
}

// The clock goes on while nothing else happens.
void Progress::tick() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!closed_) {
    draw();
    closing_.wait_for(lock, kTick);
  }
}

void Progress::draw() {
  if (!visible_ || closed_) return;
  state_.elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  // A full line would wrap, and only its last row could be erased.
  write_text(fd_, kErase + progress_line(state_, output_width(fd_) - 1));
}

void Progress::erase() {
  if (visible_) write_text(fd_, kErase);
}

}  // namespace hybugs
