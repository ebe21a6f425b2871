#include "harness/exec/host.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

#include "harness/os/process_tree.h"
#include "harness/wire/control.h"

namespace hybugs {
namespace {

constexpr int kControlNumber = 3;     // descriptor of the control socket in the host
constexpr double kStartTimeout = 60;  // a cold disk may take long to load LibTorch

Command host_command(const HostOptions& options, int control, int null) {
  const std::string threads = std::to_string(options.threads.intra);
  std::vector<std::string> arguments = {options.binary, "--control", std::to_string(kControlNumber), "--intra",
                                        threads};
  if (options.threads.inter) {
    arguments.insert(arguments.end(), {"--inter", std::to_string(*options.threads.inter)});
  }
  // OpenBLAS reads its number of threads when it is loaded; at::set_num_threads alone leaves it on all cores.
  const Environment environment = {
      {"OPENBLAS_NUM_THREADS", threads}, {"OMP_NUM_THREADS", threads}, {"MKL_NUM_THREADS", threads}};
  return {options.wrap(arguments, environment), environment, {{null, 0}, {control, kControlNumber}}, "", true};
}

}  // namespace

double monotonic_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Result<std::unique_ptr<Host>> Host::start(const HostOptions& options) {
  ControlSockets sockets = make_control_sockets();
  const Fd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  auto child = spawn(host_command(options, sockets.theirs.get(), null.get()));
  if (!child) return Unexpected(child.error());
  sockets.theirs.reset();
  std::unique_ptr<Host> host(new Host);
  host->options_ = options;
  host->child_ = std::move(*child);
  host->control_ = std::move(sockets.ours);
  if (const bool hello = host->wait_for_hello(); hello && host->wire_version_ != kWireVersion) {
    return Unexpected(Error{options.binary, 0, "the host is of another build than this program",
                            "build both: cmake --build --preset release --target hybugs hybugs-host"});
  } else if (!hello) {
    return Unexpected(Error{options.binary, 0, "the host did not start",
                            "run `" + options.binary + " --info` to see why; `hybugs doctor` checks the set-up"});
  }
  return host;
}

bool Host::wait_for_hello() {
  pollfd wait{control_.get(), POLLIN, 0};
  if (::poll(&wait, 1, static_cast<int>(kStartTimeout * 1000)) <= 0) return false;
  bool closed = false;
  auto hello = receive_control(control_.get(), false, closed);
  if (!hello || hello->content.value("event", "") != "hello" || hello->descriptors.empty()) return false;
  libtorch_ = hello->content.value("libtorch", "");
  wire_version_ = hello->content.value("wire", 0);
  pidfd_ = std::move(hello->descriptors[0]);
  pid_ = pid_of(pidfd_.get());
  alive_ = true;
  return true;
}

Host::~Host() {
  if (child_.pid <= 0) return;
  control_.reset();
  ::kill(-child_.pid, SIGKILL);
  if (pid_ > 0) ::kill(pid_, SIGKILL);
  wait_for(child_);
}

TrialRecord Host::run(const TrialRequest& request, const TrialLimits& limits) {
  return start_trial(request, limits)->finish();
}

std::unique_ptr<RunningTrial> Host::start_trial(const TrialRequest& request, const TrialLimits& limits) {
  return std::make_unique<RunningTrial>(*this, request, limits);
}

}  // namespace hybugs
