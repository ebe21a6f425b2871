#include "harness/exec/timed_process.h"

#include <nlohmann/json.hpp>

#include "harness/core/compare.h"

namespace hybugs {
namespace {

Unexpected failure(const std::string& why) {
  return Unexpected(Error{"", 0, why, ""});
}

}  // namespace

TimedProcess::TimedProcess(Host& host, const TrialRequest& request, double timeout_s, std::optional<int> cpu)
    : cpu_(cpu) {
  TrialLimits limits;
  limits.timeout_s = timeout_s;
  trial_ = host.start_trial(request, limits);
}

Result<TimedBatch> TimedProcess::run(const BatchPlan& plan) {
  const auto ended = [&] { return failure(ending_text(trial_->finish())); };
  BatchCommand prepare;
  prepare.first_seed = plan.first_seed;
  prepare.call = static_cast<std::uint32_t>(plan.call);
  prepare.calls = static_cast<std::uint32_t>(plan.calls);
  if (!trial_->send(prepare)) return ended();
  const auto ready = trial_->next_frame();
  if (!ready || ready->header.value("kind", "") != "ready") return ended();
  if (ready->header.value("calls", 0) != plan.calls) return failure("the scenario has no such call");
  if (cpu_) trial_->pin_to_cpu(*cpu_);  // not sooner: only now the process is there for certain
  cpu_.reset();

  BatchCommand release;
  release.kind = BatchCommand::Kind::release;
  TimedBatch batch;
  batch.shapes = ready->header.value("shapes", "");
  const double cpu = trial_->cpu_seconds();
  const double waiting = trial_->waiting_seconds();
  const double begin = monotonic_seconds();
  if (!trial_->send(release)) return ended();
  const auto frame = trial_->next_frame();
  batch.wall_seconds = monotonic_seconds() - begin;
  batch.cpu_seconds = trial_->cpu_seconds() - cpu;
  batch.waiting_seconds = trial_->waiting_seconds() - waiting;
  if (!frame) return ended();
  if (frame->header.contains("thrown")) {
    batch.thrown = frame->header["thrown"].dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return batch;
  }
  auto outputs = decode_values(frame->header.value("outputs", nlohmann::json()), *frame);
  if (!outputs) return failure(outputs.error().message);
  batch.outputs = std::move(*outputs);
  return batch;
}

}  // namespace hybugs
