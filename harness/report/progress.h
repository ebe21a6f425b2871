// A line at the bottom of a terminal that says how far the work is.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hybugs {

struct ProgressState {
  int done = 0;
  int total = 0;
  std::vector<std::string> current;  // what is being worked on, the longest at it first
  std::string note;                  // how far the last of them is
  double elapsed = 0;                // seconds
};

/// `[3/16] 12.0 s, about 52.0 s left: tf-pwa-0db1b0b, pt-51154`, at most `width` columns.
std::string progress_line(const ProgressState& state, int width);

/// Shows the line on `fd` while it lives, and nothing where `fd` is no terminal. Its methods may be called from any
/// thread. What others write to the terminal meanwhile should go through print().
class Progress {
 public:
  Progress(int fd, int total);
  /// Erases the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void start(const std::string& name);
  void finish(const std::string& name);

  /// How far what was started last is; gone when something starts or finishes.
  void note(const std::string& text);

  /// Writes whole lines to `fd`, above the progress line.
  void print(int fd, const std::string& lines);

 private:
  void tick();
  void draw();
  void erase();

  const int fd_;
  const bool visible_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
  std::condition_variable closing_;
  bool closed_ = false;
  ProgressState state_;
  std::thread ticker_;
};

}  // namespace hybugs
