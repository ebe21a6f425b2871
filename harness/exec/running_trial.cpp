#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "harness/exec/host.h"
#include "harness/os/process_tree.h"
#include "harness/wire/control.h"

namespace hybugs {
namespace {

constexpr std::size_t kTextLimit = 64 << 10;
constexpr double kSampleInterval = 0.015;  // between looks at the trial's memory
constexpr double kKillGrace = 5;           // for the host to report the end of a killed trial

TrialRequest with_backstop(TrialRequest request, const TrialLimits& limits) {
  if (limits.memory_bytes > 0) {
    request.address_space = static_cast<std::uint64_t>(limits.memory_bytes) + (2ULL << 30);
  }
  return request;
}

// What a caller that drives the trial waits for; everything else belongs to the record.
bool is_for_caller(const Frame& frame) {
  const std::string kind = text_at(frame.header, "kind");
  return kind == "ready" || kind == "elements" || kind == "call" || kind == "google_benchmark";
}

}  // namespace

RunningTrial::RunningTrial(Host& host, const TrialRequest& request, const TrialLimits& limits)
    : host_(host), limits_(limits), decoder_(limits.record_bytes), start_(monotonic_seconds()) {
  Pipe record = make_pipe();
  Pipe control = make_pipe();
  Pipe output = make_pipe();
  Pipe errors = make_pipe();
  enlarge_pipe(record.write.get());
  keep_frames_ = request.mode == TrialMode::time || request.mode == TrialMode::benchmark;
  deadline_ = start_ + limits.timeout_s;
  host_bytes_ = resident_bytes(host.pid_);
  const nlohmann::json message = {{"op", "run"}, {"request", to_json(with_backstop(request, limits))}};
  host_gone_ =
      !host.alive_ || !send_control(host.control_.get(), message,
                                    {record.write.get(), control.read.get(), output.write.get(), errors.write.get()});
  record_ = std::move(record.read);
  control_ = std::move(control.write);
  stdout_ = std::move(output.read);
  stderr_ = std::move(errors.read);
  for (const Fd* fd : {&record_, &stdout_, &stderr_}) set_nonblocking(fd->get());
}

RunningTrial::~RunningTrial() {
  if (ended_ || host_gone_) return;
  control_.reset();
  kill(Kill::stopped);
  while (!ended_ && !host_gone_) pump();
}

void RunningTrial::pump() {
  pollfd wait[4] = {{host_.control_.get(), POLLIN, 0},
                    {record_.get(), POLLIN, 0},
                    {stdout_.get(), POLLIN, 0},
                    {stderr_.get(), POLLIN, 0}};
  if (::poll(wait, 4, static_cast<int>(kSampleInterval * 1000)) > 0) {
    if (wait[1].revents != 0) drain_record();
    if (wait[2].revents != 0) drain_text(stdout_, output_);
    if (wait[3].revents != 0) drain_text(stderr_, errors_);
    if (wait[0].revents != 0) drain_control();
  }
  watch_limits();
}

void RunningTrial::drain_record() {
  while (record_.valid()) {
    const auto space = decoder_.space();
    const ssize_t size = ::read(record_.get(), space.data, space.size);
    if (size < 0) return;
    if (size == 0) return record_.reset();  // poll(2) skips it from now on
    decoder_.received(static_cast<std::size_t>(size));
    const bool had_ended = builder_.ended();
    while (auto frame = decoder_.next()) {
      if (keep_frames_ && is_for_caller(*frame)) {
        frames_.push_back(std::move(*frame));
      } else {
        builder_.add(*frame);
      }
    }
    if (!had_ended && builder_.ended()) deadline_ = monotonic_seconds() + limits_.teardown_s;
    if (decoder_.over_limit() || decoder_.broken() || builder_.broken()) return kill(Kill::record);
  }
}

void RunningTrial::drain_text(Fd& fd, std::string& text) {
  char buffer[16 << 10];
  // A flood of text must not keep us from looking at the clock: one buffer at a time.
  const ssize_t size = ::read(fd.get(), buffer, sizeof buffer);
  if (size == 0) fd.reset();
  if (size > 0 && text.size() < kTextLimit) {
    text.append(buffer, std::min(static_cast<std::size_t>(size), kTextLimit - text.size()));
  }
}

void RunningTrial::drain_control() {
  bool closed = false;
  while (auto message = receive_control(host_.control_.get(), false, closed)) {
    const std::string event = message->content.value("event", "");
    if (event == "started" && !message->descriptors.empty()) {
      pidfd_ = std::move(message->descriptors[0]);
      started_ = true;
      if (kill_ != Kill::none) kill(kill_);  // the time was up before it started
    } else if (event == "ended") {
      status_ = message->content.value("status", 0);
      ended_ = true;
    } else if (event == "failed") {
      ended_ = true;
    }
  }
  host_gone_ = host_gone_ || closed;
}

void RunningTrial::watch_limits() {
  const double now = monotonic_seconds();
  if (host_.options_.stop != nullptr && *host_.options_.stop) kill(Kill::stopped);
  if (kill_ != Kill::none) {
    if (now > killed_at_ + kKillGrace) host_gone_ = true;  // the host hangs as well
    return;
  }
  if (now > deadline_) return kill(builder_.ended() ? Kill::teardown : Kill::timeout);
  if (limits_.memory_bytes == 0 || now < next_sample_) return;
  next_sample_ = now + kSampleInterval;
  std::int64_t bytes = 0;
  for (pid_t pid : descendants_of(host_.pid_)) bytes += std::max<std::int64_t>(0, resident_bytes(pid) - host_bytes_);
  if (bytes > limits_.memory_bytes) kill(Kill::memory);
}

void RunningTrial::kill(Kill reason) {
  if (kill_ == Kill::none) {
    kill_ = reason;
    killed_at_ = monotonic_seconds();
  }
  if (pidfd_.valid()) ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
}

std::optional<Frame> RunningTrial::next_frame() {
  while (frames_.empty() && !ended_ && !host_gone_) pump();
  if (frames_.empty()) drain_record();
  if (frames_.empty()) return std::nullopt;
  Frame frame = std::move(frames_.front());
  frames_.erase(frames_.begin());
  return frame;
}

bool RunningTrial::send(const BatchCommand& command) {
  return write_all(control_.get(), &command, sizeof command);
}

std::vector<pid_t> RunningTrial::processes() const {
  return descendants_of(host_.pid_);
}

TrialRecord RunningTrial::finish() {
  while (!ended_ && !host_gone_) pump();
  seconds_ = monotonic_seconds() - start_;
  // All processes of the trial are gone; what is left in the pipes is read without waiting for their ends.
  drain_record();
  for (int i = 0; i < 8 && stdout_.valid(); ++i) drain_text(stdout_, output_);
  for (int i = 0; i < 8 && stderr_.valid(); ++i) drain_text(stderr_, errors_);
  return conclude();
}

TrialRecord RunningTrial::conclude() {
  if (host_gone_) host_.alive_ = false;
  TrialRecord record = std::move(builder_.record());
  record.seconds = seconds_;
  record.standard_output = printable_utf8(output_, kTextLimit);
  record.standard_error = printable_utf8(errors_, kTextLimit);
  if (decoder_.broken() || builder_.broken()) {
    record.outcome = Outcome::crashed;
    record.detail = "its record is malformed: something else than the host wrote to the record's descriptor";
  } else if (builder_.ended()) {
    record.outcome = Outcome::completed;
    if (kill_ == Kill::teardown) {
      record.teardown = Teardown::timed_out;
    } else if (status_ != 0 || host_gone_) {
      record.teardown = Teardown::crashed;
    }
    if (WIFSIGNALED(status_) && record.teardown == Teardown::crashed) record.signal = WTERMSIG(status_);
  } else {
    conclude_unfinished(record);
  }
  return record;
}

void RunningTrial::conclude_unfinished(TrialRecord& record) const {
  switch (kill_) {
    case Kill::timeout:
    case Kill::teardown:
      record.outcome = Outcome::timed_out;
      return;
    case Kill::memory:
      record.outcome = Outcome::out_of_memory;
      return;
    case Kill::record:
      record.outcome = Outcome::out_of_memory;
      record.detail = "its outputs are larger than a record may be";
      return;
    case Kill::stopped:
      record.outcome = Outcome::harness_error;
      record.detail = "stopped";
      return;
    case Kill::none:
      break;
  }
  if (builder_.refused()) {
    record.outcome = Outcome::crashed;
    return;
  }
  if (record.construct) {
    record.outcome = Outcome::threw;
    return;
  }
  if (host_gone_ || !started_) {
    record.outcome = Outcome::harness_error;  // the caller tries a known-good program in a fresh host
    record.detail = "the host is gone";
    return;
  }
  record.outcome = Outcome::crashed;
  if (WIFSIGNALED(status_)) record.signal = WTERMSIG(status_);
  if (WIFEXITED(status_)) record.exit_code = WEXITSTATUS(status_);
}

}  // namespace hybugs
