// One program with every bad manner that a host must survive; the scenario's seed picks it. Numbers are shared with
// the tests through behaviours.h.
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "harness/sdk/program.h"
#include "harness/testdata/misbehave/behaviours.h"

namespace {

using hybugs::testing::Behaviour;

hybugs::Scenario scenario(std::uint64_t seed) {
  const auto behaviour = static_cast<std::int64_t>(seed);
  return {{std::int64_t{-1}}, {behaviour}, {std::int64_t{-1}}};
}

[[noreturn]] void sleep_for_ever() {
  for (;;) ::sleep(1000);
}

void throw_anything() {
  throw std::runtime_error("left a noexcept function");
}
void no_exception_may_leave() noexcept {
  throw_anything();
}

// A daemon: other session, re-parented, deaf to SIGTERM; it keeps every descriptor that it inherited.
void leave_a_daemon() {
  if (::fork() != 0) return;
  ::setsid();
  ::signal(SIGTERM, SIG_IGN);
  if (::fork() != 0) ::_exit(0);
  sleep_for_ever();
}

void allocate_without_end() {
  for (;;) {
    volatile char* block = new char[64 << 20];
    for (std::size_t i = 0; i < (64U << 20); i += 4096) block[i] = 1;
  }
}

torch::Tensor shared_state() {
  static torch::Tensor state = torch::zeros({4});
  return state.add_(1);
}

hybugs::Values misbehave(Behaviour behaviour) {
  switch (behaviour) {
    case Behaviour::well:
      break;
    case Behaviour::segfault:
      ::raise(SIGSEGV);
      break;
    case Behaviour::abort:
      std::abort();
    case Behaviour::terminate:
      no_exception_may_leave();
      break;
    case Behaviour::exit_zero:
      std::exit(0);
    case Behaviour::exit_now:
      ::_exit(0);
    case Behaviour::hang:
      sleep_for_ever();
    case Behaviour::spin:
      for (volatile int i = 0;; i = i + 1) {
      }
    case Behaviour::throw_number:
      throw 42;
    case Behaviour::throw_long_message:
      throw std::runtime_error(std::string(100'000, '\xff'));
    case Behaviour::daemon:
      leave_a_daemon();
      break;
    case Behaviour::flood_output:
      for (int i = 0; i < 100'000; ++i) std::cout << "all work and no play makes a dull trial\n";
      std::cout << std::flush;
      break;
    case Behaviour::close_descriptors:
      for (int fd = 0; fd < 1024; ++fd) ::close(fd);
      break;
    case Behaviour::allocate:
      allocate_without_end();
      break;
    case Behaviour::return_nothing:
      return {};
    case Behaviour::return_other_type:
      return {std::string("a string")};
    case Behaviour::return_nan:
      return {torch::full({3}, std::nan(""))};
    case Behaviour::return_megabytes:
      return {torch::arange(4'000'000)};
    case Behaviour::return_gigabytes:
      return {torch::zeros({1}).expand({600'000'000})};
    case Behaviour::kill_parent:
      ::kill(::getppid(), SIGKILL);
      sleep_for_ever();
    case Behaviour::forge_record: {
      const std::string forged(4096, '\x01');
      for (int fd = 3; fd < 64; ++fd) {
        if (::write(fd, forged.data(), forged.size()) < 0) continue;
      }
      break;
    }
    default:
      break;
  }
  return {shared_state()};
}

class Well : public hybugs::Program {
 public:
  hybugs::Values call(const hybugs::Values&) override { return {shared_state()}; }
};

class Bad : public hybugs::Program {
 public:
  ~Bad() override {
    if (last_ == Behaviour::hang_in_destructor) sleep_for_ever();
    if (last_ == Behaviour::crash_in_destructor) ::raise(SIGSEGV);
  }

  hybugs::Values call(const hybugs::Values& inputs) override {
    const auto behaviour = static_cast<Behaviour>(inputs[0].toInt());
    if (inputs[0].toInt() >= 0) last_ = behaviour;
    return misbehave(behaviour);
  }

 private:
  Behaviour last_ = Behaviour::well;
};

}  // namespace

HYBUGS_CASE(scenario, Well, Bad)
