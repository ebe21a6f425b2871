// File descriptors: ownership, whole writes, pipes.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace hybugs {

/// Owns a file descriptor and closes it.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { reset(); }

  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset();

 private:
  int fd_ = -1;
};

struct Pipe {
  Fd read;
  Fd write;
};

/// A close-on-exec pipe. Both ends are invalid when the process has no descriptors left.
Pipe make_pipe();

/// Enlarges a pipe's buffer to 1 MiB where the system allows it; a bulky record then needs fewer wake-ups.
void enlarge_pipe(int fd);

void set_nonblocking(int fd);

/// Writes everything, across interruptions and short writes. False when the other side is gone or the disk is full.
bool write_all(int fd, const void* data, std::size_t size);
bool write_all(int fd, std::vector<iovec> segments);

/// Reads exactly `size` bytes; false at the end of the file or on an error.
bool read_all(int fd, void* data, std::size_t size);

}  // namespace hybugs
