#include "harness/exec/timing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "harness/core/compare.h"
#include "harness/core/statistics.h"

namespace hybugs {
namespace {

// The ratio is looked at up to three times, each time with a third of the error: together 1 % (Bonferroni).
constexpr int kLooks = 3;
constexpr double kConfidence = 1 - 0.01 / kLooks;
constexpr double kTimingLimit = 300;             // seconds that a timed process may live
constexpr std::uint32_t kMaxCalls = 2000;        // inputs of a batch are made before it: bounded memory
constexpr int kWarmBatches = 3;                  // the profiling executor specialises in its first calls
constexpr std::uint64_t kFirstSeed = 1'000'003;  // of the timed inputs; the warm-up takes the case's own seed

// One program in a process of its own, released batch by batch.
class TimedProcess {
 public:
  TimedProcess(Host& host, TrialRequest request, std::string name) : host_(host), request_(request), name_(name) {}

  void start() {
    TrialLimits limits;
    limits.timeout_s = kTimingLimit;
    trial_.reset();  // a host runs one trial at a time
    trial_ = host_.start_trial(request_, limits);
    ++process_;
  }

  /// Times one batch; the outputs are left in `outputs`. False: `failure` says why.
  bool run(std::uint64_t seed, std::uint32_t calls, int pair, TimingSample& sample) {
    if (!trial_->send({seed, calls, 0})) return ended();
    const auto ready = trial_->next_frame();
    if (!ready || ready->header.value("kind", "") != "ready") return ended();
    if (ready->header.value("calls", 0U) != calls) return fail("the scenario has no such call");
    const double cpu = trial_->cpu_seconds();
    const double begin = monotonic_seconds();
    if (!trial_->send({0, 0, 1})) return ended();
    const auto batch = trial_->next_frame();
    const double wall = monotonic_seconds() - begin;
    const double cpu_used = trial_->cpu_seconds() - cpu;
    if (!batch) return ended();
    if (batch->header.contains("thrown")) return fail("a timed call threw " + batch->header["thrown"].dump());
    auto values = decode_values(batch->header.value("outputs", nlohmann::json()), *batch);
    if (!values) return fail(values.error().message);
    outputs = std::move(*values);
    sample = {name_, pair, process_, static_cast<int>(calls), std::max(wall, cpu_used), wall, cpu_used};
    return true;
  }

  std::vector<Value> outputs;
  std::string failure;

 private:
  bool ended() { return fail(ending_text(trial_->finish()) + " while it was timed"); }

  bool fail(const std::string& why) {
    failure = name_ + ": " + why;
    return false;
  }

  Host& host_;
  TrialRequest request_;
  std::string name_;
  std::unique_ptr<RunningTrial> trial_;
  int process_ = 0;
};

class PairTimer {
 public:
  PairTimer(const Worker& worker, const Paths& paths, const CaseSpec& spec, const TimingOptions& options)
      : worker_(worker), paths_(paths), spec_(spec), options_(options) {}

  TimingResult run() {
    if (start() && calibrate()) run_rounds();
    if (options_.google_benchmark && result_.failure.empty()) run_google_benchmark();
    return result_;
  }

 private:
  enum Side : std::uint8_t { kBuggy, kFixed, kEager, kSides };

  // A fresh process for each sample: a first call or a new shape happens only once in a process.
  bool one_call_a_process() const { return spec_.timing.phase != TimingPhase::steady; }

  TrialRequest request_of(int side) const {
    TrialRequest request;
    request.library = paths_.library(spec_.id, side == kBuggy ? options_.variant : "fixed");
    request.program = side == kEager ? ProgramKind::eager : ProgramKind::hybrid;
    request.mode = TrialMode::time;
    request.timed_call = spec_.timing.call;
    request.warm_up = spec_.timing.phase != TimingPhase::first_call;
    return request;
  }

  bool start() {
    const std::string names[kSides] = {options_.variant, "fixed", "eager"};
    for (int side = 0; side < kSides; ++side) {
      auto host = worker_.start_host(spec_.threads);
      if (!host) return fail(host.error().message);
      hosts_[side] = std::move(*host);
      processes_[side] = std::make_unique<TimedProcess>(*hosts_[side], request_of(side), names[side]);
      if (!one_call_a_process()) processes_[side]->start();
    }
    return true;
  }

  // Runs the same batch on the sides in the given order; checks that all outputs agree with eager's.
  bool run_pair(const std::array<Side, 3>& order, bool keep) {
    std::array<TimingSample, kSides> samples;
    for (Side side : order) {
      TimedProcess& process = *processes_[side];
      if (one_call_a_process()) process.start();
      if (!process.run(next_seed_, calls_, pairs_, samples[side])) return fail(process.failure);
      if (keep) result_.samples.push_back(samples[side]);
    }
    next_seed_ += calls_;
    for (Side side : {kBuggy, kFixed}) {
      if (!outputs_agree(side)) return false;
    }
    if (keep) {
      ++pairs_;
      ratios_.push_back(samples[kBuggy].seconds / samples[kFixed].seconds);
    }
    fastest_ = std::min(samples[kBuggy].seconds, samples[kFixed].seconds) / calls_;
    return true;
  }

  bool outputs_agree(Side side) {
    const auto& expected = processes_[kEager]->outputs;
    const auto& actual = processes_[side]->outputs;
    for (std::size_t call = 0; call < expected.size(); ++call) {
      if (call >= actual.size()) return fail("a timed batch lacks outputs");
      const auto difference = compare_values(expected[call], actual[call], spec_, "output ");
      if (difference) {
        return fail(std::string(side == kBuggy ? "buggy" : "fixed") +
                    " went wrong while it was timed: " + difference->text());
      }
    }
    return true;
  }

  // The same number of calls for both sides, so that they do the same work: the faster one fills a batch.
  bool calibrate() {
    if (one_call_a_process()) return run_pair({kBuggy, kFixed, kEager}, false);
    for (int i = 0; i < kWarmBatches; ++i) {
      if (!run_pair({kBuggy, kFixed, kEager}, false)) return false;
    }
    while (fastest_ * calls_ < options_.batch_seconds && calls_ < kMaxCalls) {
      const double wanted = std::ceil(1.2 * options_.batch_seconds / std::max(fastest_, 1e-7));
      calls_ = static_cast<std::uint32_t>(std::min<double>(kMaxCalls, std::max<double>(calls_ + 1.0, wanted)));
      if (!run_pair({kFixed, kBuggy, kEager}, false)) return false;
    }
    return true;
  }

  bool run_rounds() {
    int rounds = 0;
    for (int look = 0; look < kLooks; ++look) {
      for (const int next = options_.rounds << look; rounds < next; ++rounds) {
        if (!run_pair({kBuggy, kFixed, kEager}, true) || !run_pair({kFixed, kBuggy, kEager}, true)) return false;
      }
      result_.against_fixed = median_interval(ratios_, kConfidence);
      if (decided() || options_.smoke) break;
    }
    return true;
  }

  bool decided() const {
    const RatioInterval& ratio = result_.against_fixed;
    return ratio.low > spec_.min_ratio || ratio.high < spec_.min_ratio;
  }

  void run_google_benchmark() {
    nlohmann::json reports;
    for (Side side : {kBuggy, kFixed}) {
      TrialRequest request = request_of(side);
      request.mode = TrialMode::benchmark;
      processes_[side].reset();  // one trial a host
      TrialLimits limits;
      limits.timeout_s = kTimingLimit;
      const auto trial = hosts_[side]->start_trial(request, limits);
      const auto frame = trial->next_frame();
      if (!frame || frame->header.value("kind", "") != "google_benchmark") continue;
      reports[side == kBuggy ? "buggy" : "fixed"] =
          nlohmann::json::parse(frame->header.value("json", ""), nullptr, false);
    }
    if (!reports.is_null()) result_.google_benchmark = reports.dump();
  }

  bool fail(const std::string& why) {
    result_.failure = why;
    return false;
  }

  const Worker& worker_;
  const Paths& paths_;
  const CaseSpec& spec_;
  TimingOptions options_;
  std::array<std::unique_ptr<Host>, kSides> hosts_;
  std::array<std::unique_ptr<TimedProcess>, kSides> processes_;
  std::uint64_t next_seed_ = kFirstSeed;
  std::uint32_t calls_ = 1;
  int pairs_ = 0;
  double fastest_ = 0;
  std::vector<double> ratios_;
  TimingResult result_;
};

}  // namespace

TimingResult time_case(const Worker& worker, const Paths& paths, const CaseSpec& spec, const TimingOptions& options) {
  return PairTimer(worker, paths, spec, options).run();
}

}  // namespace hybugs
