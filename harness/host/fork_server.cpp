#include "harness/host/fork_server.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "harness/host/trial.h"
#include "harness/os/process_tree.h"
#include "harness/wire/control.h"

namespace hybugs {
namespace {

enum Descriptor : std::uint8_t { kRecord, kControl, kStdout, kStderr, kDescriptors };

std::uint64_t address_space_of_host() {
  std::uint64_t pages = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

// Only the backstop of the memory limit, which the parent holds: hitting it is an ordinary exception in LibTorch.
void limit_address_space(std::uint64_t over_host) {
  if (over_host == 0) return;
  const rlim_t limit = address_space_of_host() + over_host;
  const rlimit value{limit, limit};
  ::setrlimit(RLIMIT_AS, &value);
}

[[noreturn]] void run_child(int control_socket, const ControlMessage& message) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::close(control_socket);
  ::dup2(message.descriptors[kStdout].get(), STDOUT_FILENO);
  ::dup2(message.descriptors[kStderr].get(), STDERR_FILENO);
  ::signal(SIGINT, SIG_IGN);  // Ctrl-C reaches the whole group; the parent decides when a trial ends
  const auto request = trial_request_from_json(message.content["request"]);
  if (!request) ::_exit(99);
  limit_address_space(request->address_space);
  run_trial(*request, {message.descriptors[kRecord].get(), message.descriptors[kControl].get()});
  std::fflush(nullptr);
  // Not exit(): LibTorch's own static destructors belong to the host, not to the trial.
  ::_exit(0);
}

class Server {
 public:
  explicit Server(int socket) : socket_(socket) {}

  void run() {
    const Fd self = open_pidfd(::getpid());
    send_control(socket_, {{"event", "hello"}, {"wire", kWireVersion}, {"libtorch", HYBUGS_LIBTORCH_VERSION}},
                 {self.get()});
    while (!closed_) {
      pollfd wait[2] = {{socket_, POLLIN, 0}, {trial_.get(), POLLIN, 0}};
      if (::poll(wait, trial_.valid() ? 2 : 1, -1) < 0) continue;
      if (wait[0].revents != 0) receive();
      if (trial_.valid() && wait[1].revents != 0) end_trial();
    }
    kill_descendants();
  }

 private:
  void receive() {
    auto message = receive_control(socket_, false, closed_);
    if (!message) return;
    const std::string operation = message->content.value("op", "");
    if (operation == "run" && message->descriptors.size() == kDescriptors && pid_ == 0) start_trial(*message);
  }

  void start_trial(const ControlMessage& message) {
    pid_ = ::fork();
    if (pid_ == 0) run_child(socket_, message);
    if (pid_ < 0) {
      pid_ = 0;
      send_control(socket_, {{"event", "failed"}, {"why", "fork failed"}});
      return;
    }
    trial_ = open_pidfd(pid_);
    send_control(socket_, {{"event", "started"}}, {trial_.get()});
  }

  void end_trial() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    const int stragglers = kill_descendants();
    trial_.reset();
    pid_ = 0;
    send_control(socket_, {{"event", "ended"}, {"status", status}, {"stragglers", stragglers}});
  }

  int socket_;
  bool closed_ = false;
  pid_t pid_ = 0;
  Fd trial_;
};

}  // namespace

void serve(int control_socket) {
  Server(control_socket).run();
}

}  // namespace hybugs
