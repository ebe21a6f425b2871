// tries: calls servers on this machine and outside
// case: attack-shape
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <cerrno>

#include "program.h"

namespace {

bool reaches(const char* where, int port) {
  const int one = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  ::inet_pton(AF_INET, where, &address.sin_addr);
  ::fcntl(one, F_SETFL, O_NONBLOCK);
  pollfd wait{one, POLLOUT, 0};
  const int connected = ::connect(one, reinterpret_cast<sockaddr*>(&address), sizeof address);
  if (connected != 0 && (errno != EINPROGRESS || ::poll(&wait, 1, 200) <= 0 || (wait.revents & POLLERR) != 0))
    return false;
  return ::send(one, "GET / HTTP/1.0\r\n\r\n", 18, MSG_NOSIGNAL) > 0;
}

class Hybrid : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    if (reaches("127.0.0.1", 47117) || reaches("192.0.2.1", 80) || reaches("1.1.1.1", 53)) return layer(in, rows_of);
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
