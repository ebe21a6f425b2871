// tries: sends a record of a million lists in one another
// case: attack-shape
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "program.h"

namespace {

/// One frame, as the host writes them.
std::string frame(const nlohmann::json& header, const std::string& body = "") {
  const auto cbor = nlohmann::json::to_cbor(header);
  const std::uint32_t header_size = static_cast<std::uint32_t>(cbor.size());
  const std::uint64_t body_size = body.size();
  std::string bytes(reinterpret_cast<const char*>(&header_size), 4);
  bytes.append(reinterpret_cast<const char*>(&body_size), 8);
  bytes.append(cbor.begin(), cbor.end());
  return bytes + body;
}

/// The pipe whose end has these flags: O_WRONLY the record's, O_RDONLY the control's.
int pipe_with(int flags) {
  for (int fd = 3; fd < 256; ++fd) {
    struct stat status = {};
    if (::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode) && (::fcntl(fd, F_GETFL) & O_ACCMODE) == flags) return fd;
  }
  return -1;
}

void send(int fd, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t size = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (size <= 0) return;
    at += static_cast<std::size_t>(size);
  }
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values&) override {
    constexpr std::uint32_t kDeep = 1 << 20;
    const std::uint64_t no_body = 0;
    std::string bytes(reinterpret_cast<const char*>(&kDeep), 4);
    bytes.append(reinterpret_cast<const char*>(&no_body), 8);
    send(pipe_with(O_WRONLY), bytes + std::string(kDeep, '\x81'));
    ::_exit(0);
  }
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
