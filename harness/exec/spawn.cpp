#include "harness/exec/spawn.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <future>
#include <mutex>
#include <queue>
#include <thread>

#include "harness/os/process_tree.h"

namespace hybugs {
namespace {

// Runs tasks on the one thread that forks.
class Spawner {
 public:
  static Spawner& instance() {
    static auto* spawner = new Spawner;  // never destroyed: children would die with its thread
    return *spawner;
  }

  void run(const std::function<void()>& task) {
    std::promise<void> done;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      tasks_.push([&] {
        task();
        done.set_value();
      });
    }
    wake_.notify_one();
    done.get_future().wait();
  }

 private:
  Spawner() {
    std::thread([this] { loop(); }).detach();
  }

  void loop() {
    // Signals belong to the main thread.
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
    for (;;) {
      std::unique_lock<std::mutex> lock(mutex_);
      wake_.wait(lock, [this] { return !tasks_.empty(); });
      auto task = std::move(tasks_.front());
      tasks_.pop();
      lock.unlock();
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::queue<std::function<void()>> tasks_;
};

// Everything that the child needs, made before the fork: after it only async-signal-safe calls are allowed.
struct Prepared {
  std::vector<char*> arguments;
  std::vector<std::string> environment_text;
  std::vector<char*> environment;
};

Prepared prepare(const Command& command) {
  Prepared prepared;
  for (const auto& argument : command.arguments) prepared.arguments.push_back(const_cast<char*>(argument.c_str()));
  prepared.arguments.push_back(nullptr);
  const auto overridden = [&](const char* entry) {
    for (const auto& [name, value] : command.environment) {
      if (std::strncmp(entry, name.c_str(), name.size()) == 0 && entry[name.size()] == '=') return true;
    }
    return false;
  };
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!overridden(*entry)) prepared.environment_text.emplace_back(*entry);
  }
  for (const auto& [name, value] : command.environment) prepared.environment_text.push_back(name + "=" + value);
  for (auto& text : prepared.environment_text) prepared.environment.push_back(text.data());
  prepared.environment.push_back(nullptr);
  return prepared;
}

void reset_signals() {
  for (int signal : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD}) ::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Moves the descriptors out of the way first: a target number may be somebody's source.
bool place_descriptors(const Command& command, int* sources) {
  constexpr int kAside = 200;
  for (std::size_t i = 0; i < command.descriptors.size(); ++i) {
    sources[i] = ::fcntl(command.descriptors[i].first, F_DUPFD_CLOEXEC, kAside);
    if (sources[i] < 0) return false;
  }
  for (std::size_t i = 0; i < command.descriptors.size(); ++i) {
    if (::dup2(sources[i], command.descriptors[i].second) < 0) return false;
  }
  return true;
}

[[noreturn]] void run_child(const Command& command, Prepared& prepared, int* sources, int failure) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (command.own_group) ::setpgid(0, 0);
  reset_signals();
  const bool ready =
      place_descriptors(command, sources) && (command.folder.empty() || ::chdir(command.folder.c_str()) == 0);
  if (ready) ::execvpe(prepared.arguments[0], prepared.arguments.data(), prepared.environment.data());
  const int error = errno;
  write_all(failure, &error, sizeof error);
  ::_exit(127);
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

enum class Drained : std::uint8_t { closed, late, stopped };

// Reads until the pipe closes, the time is up, or `stop` is set.
Drained drain(int fd, double deadline, const std::atomic<bool>* stop, std::string& output) {
  constexpr double kGlance = 0.2;  // seconds between two looks at `stop`
  char buffer[64 << 10];
  for (;;) {
    const double left = deadline > 0 ? deadline - now() : kGlance;
    if (left <= 0) return Drained::late;
    if (stop != nullptr && *stop) return Drained::stopped;
    pollfd wait{fd, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(std::min(left, kGlance) * 1000) + 1) <= 0) continue;
    const ssize_t size = ::read(fd, buffer, sizeof buffer);
    if (size == 0) return Drained::closed;
    if (size > 0) output.append(buffer, static_cast<std::size_t>(size));
    if (size < 0 && errno != EINTR) return Drained::closed;
  }
}

}  // namespace

Result<Child> spawn(const Command& command) {
  Prepared prepared = prepare(command);
  std::vector<int> sources(command.descriptors.size());
  Pipe failure = make_pipe();
  Child child;
  Spawner::instance().run([&] {
    child.pid = ::fork();
    if (child.pid == 0) run_child(command, prepared, sources.data(), failure.write.get());
    if (child.pid > 0) child.pidfd = open_pidfd(child.pid);
  });
  failure.write.reset();
  int error = errno;
  const bool failed = child.pid < 0 || read_all(failure.read.get(), &error, sizeof error);
  if (!failed) return child;
  if (child.pid > 0) wait_for(child);
  return Unexpected(Error{"", 0, "cannot start " + command.arguments[0] + ": " + std::strerror(error),
                          "`hybugs doctor` shows what is missing"});
}

int wait_for(const Child& child) {
  int status = 0;
  while (::waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

Result<CommandOutput> run_command(Command command, double timeout_s) {
  Pipe output = make_pipe();
  const Fd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  command.descriptors.insert(command.descriptors.end(),
                             {{null.get(), 0}, {output.write.get(), 1}, {output.write.get(), 2}});
  auto child = spawn(command);
  if (!child) return Unexpected(child.error());
  output.write.reset();
  CommandOutput result;
  const Drained end = drain(output.read.get(), timeout_s > 0 ? now() + timeout_s : 0, command.stop, result.output);
  result.timed_out = end == Drained::late;
  // One that is stopped may stop what it started.
  if (end != Drained::closed)
    ::kill(command.own_group ? -child->pid : child->pid, result.timed_out ? SIGKILL : SIGTERM);
  const int status = wait_for(*child);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace hybugs
