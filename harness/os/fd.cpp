#include "harness/os/fd.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace hybugs {

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void Fd::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Pipe make_pipe() {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) return {};
  return {Fd(fds[0]), Fd(fds[1])};
}

void enlarge_pipe(int fd) {
  ::fcntl(fd, F_SETPIPE_SZ, 1 << 20);
}

void set_nonblocking(int fd) {
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

bool write_all(int fd, const void* data, std::size_t size) {
  return write_all(fd, std::vector<iovec>{{const_cast<void*>(data), size}});
}

bool write_all(int fd, std::vector<iovec> segments) {
  std::size_t first = 0;
  while (first < segments.size()) {
    const auto count = static_cast<int>(std::min<std::size_t>(segments.size() - first, IOV_MAX));
    ssize_t written = ::writev(fd, segments.data() + first, count);
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    while (first < segments.size() && static_cast<std::size_t>(written) >= segments[first].iov_len) {
      written -= static_cast<ssize_t>(segments[first++].iov_len);
    }
    if (first < segments.size()) {
      segments[first].iov_base = static_cast<char*>(segments[first].iov_base) + written;
      segments[first].iov_len -= static_cast<std::size_t>(written);
    }
  }
  return true;
}

bool read_all(int fd, void* data, std::size_t size) {
  auto* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = ::read(fd, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace hybugs
