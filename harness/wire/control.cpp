#include "harness/wire/control.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace hybugs {
namespace {

constexpr std::size_t kMaxMessage = 64 << 10;
constexpr std::size_t kMaxDescriptors = 8;

std::vector<Fd> take_descriptors(msghdr& message) {
  std::vector<Fd> descriptors;
  for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr; control = CMSG_NXTHDR(&message, control)) {
    if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(control) + i * sizeof fd, sizeof fd);
      descriptors.emplace_back(fd);
    }
  }
  return descriptors;
}

}  // namespace

ControlSockets make_control_sockets() {
  int fds[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0) return {};
  return {Fd(fds[0]), Fd(fds[1])};
}

bool send_control(int socket, const nlohmann::json& content, const std::vector<int>& descriptors) {
  auto bytes = nlohmann::json::to_cbor(content);
  iovec part{bytes.data(), bytes.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(kMaxDescriptors * sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (!descriptors.empty()) {
    message.msg_control = control;
    message.msg_controllen = CMSG_SPACE(descriptors.size() * sizeof(int));
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(descriptors.size() * sizeof(int));
    std::memcpy(CMSG_DATA(header), descriptors.data(), descriptors.size() * sizeof(int));
  }
  while (::sendmsg(socket, &message, MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

std::optional<ControlMessage> receive_control(int socket, bool blocking, bool& closed) {
  static thread_local std::vector<std::uint8_t> buffer(kMaxMessage);
  iovec part{buffer.data(), buffer.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(kMaxDescriptors * sizeof(int))];
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t size;
  do {
    size = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | (blocking ? 0 : MSG_DONTWAIT));
  } while (size < 0 && errno == EINTR);
  closed = size == 0 || (size < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
  if (size <= 0) return std::nullopt;
  ControlMessage result;
  result.descriptors = take_descriptors(message);
  result.content = nlohmann::json::from_cbor(buffer.begin(), buffer.begin() + size, true, false);
  closed = !result.content.is_object();
  if (closed) return std::nullopt;
  return result;
}

}  // namespace hybugs
