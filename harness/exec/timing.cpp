#include "harness/exec/timing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "harness/core/compare.h"
#include "harness/exec/timed_process.h"
#include "harness/os/process_tree.h"

namespace hybugs {
namespace {

constexpr int kPairsPerProcess = 4;
constexpr int kMaxCalls = 2000;                  // inputs of a batch are made before it: bounded memory
constexpr int kWarmBatches = 3;                  // the profiling executor specialises in its first calls
constexpr std::uint64_t kWarmUpSeed = 0;         // the calls before the timed one
constexpr std::uint64_t kFirstSeed = 1'000'003;  // of the timed inputs
constexpr int kBatchesPerPair = 3;
constexpr double kLongPair = 0.3;        // seconds; a pair of longer batches has one a side
constexpr double kLongestBatch = 1;      // seconds; where one side needs more, the other may stay below its least time
constexpr double kMostWaiting = 0.25;    // of a batch's time, or its pair is disturbed
constexpr double kPreparingShare = 1.5;  // of the time in which fixed has its inputs made

struct Contestant {
  std::string name;
  TrialRequest request;
  std::unique_ptr<Host> host;
  std::unique_ptr<TimedProcess> process;
  int processes = 0;
  TimedBatch batch;             // the last one
  std::vector<double> seconds;  // of the batches of this pair
};

class PairTimer {
 public:
  PairTimer(const Worker& worker, const Paths& paths, const CaseSpec& spec, const TimingOptions& options)
      : worker_(worker), spec_(spec), options_(options) {
    result_.threshold = options.thresholds.empty() ? 0 : options.thresholds.back();
    const std::array<std::string, 3> names = {timed_name(options.variant), "fixed", "eager"};
    sides_.resize(options.eager ? 3 : 2);
    for (int side = 0; side < static_cast<int>(sides_.size()); ++side) {
      order_.push_back(side);
      Contestant& contestant = sides_[side];
      contestant.name = names[side];
      contestant.request.library = paths.library(spec.id, side == kVariant ? options.variant : "fixed");
      contestant.request.program = side == kEager ? ProgramKind::eager : ProgramKind::hybrid;
      contestant.request.mode = TrialMode::time;
      contestant.request.timed_call = spec.timing.call;
      contestant.request.warm_up = spec.timing.phase != TimingPhase::first_call;
    }
    if (!options.candidate) return;
    // It must not know its inputs before the clock runs.
    next_seed_ += std::uniform_int_distribution<std::uint64_t>(0, std::uint64_t{1} << 40)(random_);
    sides_[kVariant].request.library = options.candidate->library;
    sides_[kVariant].request.reference = options.candidate->reference;
  }

  TimingResult run() {
    while (result_.failure.empty() && go_on()) {
      if (!renew_hosts() || !run_group()) break;
    }
    if (!result_.stopped.empty()) result_.failure.clear();
    if (options_.google_benchmark && result_.failure.empty() && result_.stopped.empty()) run_google_benchmark();
    return result_;
  }

 private:
  enum Side : std::uint8_t { kVariant, kFixed, kEager };

  // Whose outputs are right.
  const Contestant& reference() const { return sides_.back(); }

  // A first call or a new shape happens only once in a process.
  bool one_call_a_process() const { return spec_.timing.phase != TimingPhase::steady; }

  double seconds_left() const { return deadline_ - monotonic_seconds(); }

  bool fail(const std::string& why) {
    if (seconds_left() <= 0) {  // it was cut off
      stop(fmt::format("the cap of {:.3g} s was reached after {} pairs", options_.max_seconds, ratios_.size()));
    } else {
      result_.failure = why;
    }
    return false;
  }

  void stop(const std::string& why) {
    const bool busy = 2 * result_.disturbed_pairs > static_cast<int>(ratios_.size());
    result_.stopped = why;
    if (busy) {
      result_.stopped += fmt::format(
          "; the machine is too busy: in {} of {} pairs a program waited for a CPU more than "
          "{:.0f} % of its time",
          result_.disturbed_pairs, ratios_.size(), 100 * kMostWaiting);
    }
  }

  bool decided() const {
    if (!std::isfinite(result_.against_fixed.high)) return false;
    return std::all_of(options_.thresholds.begin(), options_.thresholds.end(),
                       [&](double threshold) { return side_of(result_.against_fixed, threshold) != 0; });
  }

  bool go_on() {
    const int pairs = static_cast<int>(ratios_.size());
    if (decided()) return false;
    if (pairs >= options_.max_pairs) {
      stop(fmt::format("the threshold lies within the interval after {} pairs", pairs));
    } else if (seconds_left() <= 0) {
      fail("");
    }
    return result_.stopped.empty();
  }

  bool renew_hosts() {
    std::vector<std::thread> starting;
    std::vector<std::string> failures(sides_.size());
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      const bool foreign = i == kVariant && options_.candidate;
      starting.emplace_back([this, foreign, &side = sides_[i], &failure = failures[i]] {
        side.process.reset();
        side.host.reset();
        auto host = foreign ? options_.candidate->start_host(spec_.threads) : worker_.start_host(spec_.threads);
        if (!host) failure = host.error().message;
        if (host) side.host = std::move(*host);
      });
    }
    for (std::thread& thread : starting) thread.join();
    const auto failed = std::find_if(failures.begin(), failures.end(), [](const auto& why) { return !why.empty(); });
    return failed == failures.end() || fail(*failed);
  }

  // The pairs that one set of hosts serves.
  bool run_group() {
    if (spec_.threads.intra == 1 && !cpus_.empty()) cpu_ = cpus_[random_() % cpus_.size()];
    if (!one_call_a_process() && !(start_processes() && warm_up())) return false;
    for (int pair = 0; pair < kPairsPerProcess && go_on(); ++pair) {
      if (pair % 2 == 0) {
        std::shuffle(order_.begin(), order_.end(), random_);
      } else {
        std::reverse(order_.begin(), order_.end());
      }
      if (one_call_a_process() && !(start_processes() && warm_up())) return false;
      if (!run_pair()) return false;
    }
    return true;
  }

  bool start_processes() {
    for (Contestant& side : sides_) {
      side.process.reset();  // a host runs one trial at a time
      side.process = std::make_unique<TimedProcess>(*side.host, side.request, std::max(0.1, seconds_left()), cpu_);
      ++side.processes;
    }
    return true;
  }

  // The calls before the timed one, one by one: these are the first call and the new shapes.
  bool warm_up() {
    std::set<std::string> shapes;
    const int calls = spec_.timing.phase == TimingPhase::first_call ? 0 : spec_.timing.call;
    for (int call = 0; call < calls; ++call) {
      if (!run_all({kWarmUpSeed, call, 1})) return false;
      const bool known = !shapes.insert(reference().batch.shapes).second;
      if (known) continue;
      keep_all(call == 0 ? TimingPhase::first_call : TimingPhase::new_shape, kNoPair, 1);
    }
    if (one_call_a_process()) return true;
    return warm_batches() && calibrate();
  }

  bool warm_batches() {
    for (int i = 0; i < kWarmBatches; ++i) {
      const bool first = spec_.timing.call == 0 && i == 0;
      if (!run_next(calls_)) return false;
      if (first && calls_ == 1) keep_all(TimingPhase::first_call, kNoPair, 1);
    }
    return true;
  }

  // The same number of calls for all sides, so that they do the same work: the fastest one fills a batch.
  bool calibrate() {
    while (!calibrated_ && fastest() < options_.batch_seconds && calls_ < most_calls()) {
      const double wanted = std::ceil(1.2 * calls_ * options_.batch_seconds / std::max(fastest(), 1e-7));
      calls_ = static_cast<int>(std::min(most_calls(), std::max(calls_ + 1.0, wanted)));
      if (!run_next(calls_)) return false;
    }
    calibrated_ = true;
    return true;
  }

  // Hundreds of times slower is told from short batches, too, and from enough of them.
  double most_calls() const {
    const double slowest = std::max(sides_[kVariant].batch.seconds(), sides_[kFixed].batch.seconds());
    return std::clamp(std::floor(calls_ * kLongestBatch / slowest), 1.0, static_cast<double>(kMaxCalls));
  }

  double fastest() const { return std::min(sides_[kVariant].batch.seconds(), sides_[kFixed].batch.seconds()); }

  bool run_next(int calls) {
    const BatchPlan plan{next_seed_, spec_.timing.call, calls};
    next_seed_ += static_cast<std::uint64_t>(calls);
    return run_all(plan);
  }

  bool run_pair() {
    for (Contestant& side : sides_) side.seconds.clear();
    bool disturbed = false;
    const int batches = batches_per_pair();
    for (int batch = 0; batch < batches; ++batch) {
      if (batch > 0) std::reverse(order_.begin(), order_.end());
      if (!run_next(calls_)) return false;
      const bool waited = had_to_wait();
      disturbed = disturbed || waited;
      keep_all(spec_.timing.phase, pair_, calls_, waited);
      for (Contestant& side : sides_) side.seconds.push_back(side.batch.seconds());
      if (options_.candidate) sides_[kVariant].seconds.back() += work_before_the_clock();
    }
    ++pair_;
    result_.disturbed_pairs += disturbed ? 1 : 0;
    add_ratios();
    // What the same inputs take once they are no longer new.
    if (one_call_a_process()) {
      next_seed_ -= static_cast<std::uint64_t>(calls_);
      if (!run_next(calls_)) return false;
      keep_all(TimingPhase::steady, kNoPair, calls_);
    }
    return true;
  }

  // A candidate whose inputs take longer to make than those of fixed, for which they are the same, may have worked its
  // answers out as well.
  double work_before_the_clock() const {
    return std::max(
        0.0, sides_[kVariant].batch.preparing_seconds - kPreparingShare * sides_[kFixed].batch.preparing_seconds);
  }

  int batches_per_pair() const {
    double seconds = 0;
    for (const Contestant& side : sides_) seconds += side.batch.seconds();
    return one_call_a_process() || seconds > kLongPair ? 1 : kBatchesPerPair;
  }

  bool had_to_wait() const {
    return std::any_of(sides_.begin(), sides_.end(), [](const Contestant& side) {
      return side.batch.waiting_seconds > kMostWaiting * side.batch.wall_seconds;
    });
  }

  void add_ratios() {
    const double variant = median(sides_[kVariant].seconds);
    const double fixed = median(sides_[kFixed].seconds);
    ratios_.push_back(variant / fixed);
    result_.against_fixed = median_interval(ratios_);
    if (options_.eager) {
      const double eager = median(sides_[kEager].seconds);
      to_eager_.push_back(variant / eager);
      fixed_to_eager_.push_back(fixed / eager);
      result_.against_eager = median_interval(to_eager_);
      result_.fixed_against_eager = median_interval(fixed_to_eager_);
    }
    options_.on_pair(result_.against_fixed);
  }

  // The same batch on all sides, one after the other; checks that all outputs agree with the reference's.
  bool run_all(const BatchPlan& plan) {
    for (int side : order_) {
      Contestant& contestant = sides_[side];
      const bool foreign = side == kVariant && options_.candidate;
      if (foreign) contestant.process->resume();
      auto batch = contestant.process->run(plan);
      if (foreign) contestant.process->suspend();
      if (!batch) return fail(fmt::format("{}: {} while it was timed", contestant.name, batch.error().message));
      contestant.batch = std::move(*batch);
    }
    return outputs_agree(sides_[kVariant]) && outputs_agree(sides_[kFixed]);
  }

  bool outputs_agree(const Contestant& side) {
    const TimedBatch& right = reference().batch;
    const std::string& name = side.name;
    if (!side.batch.thrown.empty() && right.thrown.empty()) {
      return fail(fmt::format("{}: a timed call threw {}", name, side.batch.thrown));
    }
    if (side.batch.outputs.size() != right.outputs.size()) {
      return fail(fmt::format("{} went wrong while it was timed: {} calls returned instead of {}", name,
                              side.batch.outputs.size(), right.outputs.size()));
    }
    for (std::size_t call = 0; call < right.outputs.size(); ++call) {
      const auto difference = compare_values(right.outputs[call], side.batch.outputs[call], spec_, "output ");
      if (difference) return fail(fmt::format("{} went wrong while it was timed: {}", name, difference->text()));
    }
    return true;
  }

  void keep_all(TimingPhase phase, int pair, int calls, bool disturbed = false) {
    for (int side : order_) {
      const Contestant& contestant = sides_[side];
      const TimedBatch& batch = contestant.batch;
      result_.samples.push_back({contestant.name, phase, pair, contestant.processes, calls, batch.seconds(),
                                 batch.wall_seconds, batch.cpu_seconds, batch.waiting_seconds, disturbed});
    }
  }

  void run_google_benchmark() {
    nlohmann::json reports;
    for (Side side : {kVariant, kFixed}) {
      Contestant& contestant = sides_[side];
      contestant.process.reset();
      nlohmann::json report = google_benchmark_report(*contestant.host, contestant.request);
      if (!report.is_null()) reports[contestant.name] = std::move(report);
    }
    if (!reports.is_null()) result_.google_benchmark = reports.dump();
  }

  const Worker& worker_;
  const CaseSpec& spec_;
  const TimingOptions& options_;
  const double deadline_ = monotonic_seconds() + options_.max_seconds;
  std::vector<Contestant> sides_;
  std::vector<int> order_;
  std::mt19937 random_{std::random_device{}()};
  const std::vector<int> cpus_ = allowed_cpus();
  std::optional<int> cpu_;
  std::uint64_t next_seed_ = kFirstSeed;
  int calls_ = 1;
  bool calibrated_ = false;
  int pair_ = 0;
  std::vector<double> ratios_;
  std::vector<double> to_eager_;
  std::vector<double> fixed_to_eager_;
  TimingResult result_;
};

}  // namespace

std::string timed_name(const std::string& variant) {
  return variant == "fixed" ? "fixed again" : variant;
}

TimingResult time_case(const Worker& worker, const Paths& paths, const CaseSpec& spec, const TimingOptions& options) {
  return PairTimer(worker, paths, spec, options).run();
}

}  // namespace hybugs
