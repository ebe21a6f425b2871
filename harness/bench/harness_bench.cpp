// The harness's own costs: build/release/bin/harness_bench. Figures in the README and in results/ come from here.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "harness/core/compare.h"
#include "harness/core/statistics.h"
#include "harness/exec/timed_process.h"
#include "harness/exec/worker.h"
#include "harness/os/process_tree.h"
#include "harness/testdata/misbehave/behaviours.h"
#include "harness/wire/frame.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

HostOptions host_options() {
  return {HYBUGS_HOST, Threads{}, probe_sandbox(), nullptr};
}

void HostStart(benchmark::State& state) {
  const HostOptions options = host_options();
  for ([[maybe_unused]] auto _ : state) {
    auto host = Host::start(options);
    if (!host) return state.SkipWithError(host.error().message.c_str());
    state.PauseTiming();
    host->reset();
    state.ResumeTiming();
  }
}
BENCHMARK(HostStart)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(10);

// A whole trial of a program that does next to nothing: what the harness adds to a program's own time.
void Trial(benchmark::State& state) {
  auto host = Host::start(host_options());
  if (!host) return state.SkipWithError(host.error().message.c_str());
  TrialRequest request;
  request.library = HYBUGS_MISBEHAVE "/misbehave.so";
  for ([[maybe_unused]] auto _ : state) {
    if ((*host)->run(request, TrialLimits{}).outcome != Outcome::completed) return state.SkipWithError("no trial");
  }
}
BENCHMARK(Trial)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(100);

// Seconds that a call takes by Google Benchmark in the trial, which has neither a release nor outputs to be read, in
// the median of a few trials; 0 if it says nothing.
double call_seconds(Host& host, const TrialRequest& request) {
  std::vector<double> seconds;
  for (int i = 0; i < 15; ++i) {
    const auto report = google_benchmark_report(host, request);
    if (!report.is_object()) return 0;
    seconds.push_back(1e-9 * report["benchmarks"][0]["real_time"].get<double>());
  }
  return median(seconds);
}

// Batches of calls that take 50 us: the median batch over what its calls take by themselves, release and outputs
// included.
void MeasuringLoop(benchmark::State& state) {
  auto host = Host::start(host_options());
  if (!host) return state.SkipWithError(host.error().message.c_str());
  TrialRequest request;
  request.library = HYBUGS_TIMED "/fifty_us.so";
  const double call = call_seconds(**host, request);
  if (call <= 0) return state.SkipWithError("Google Benchmark said nothing");
  request.mode = TrialMode::time;
  TimedProcess process(**host, request, 60, allowed_cpus().back());
  const int calls = static_cast<int>(state.range(0));
  std::vector<double> seconds;
  std::vector<double> wall;
  std::vector<double> cpu;
  for ([[maybe_unused]] auto _ : state) {
    const auto batch = process.run({7, 0, calls});
    if (!batch) return state.SkipWithError(batch.error().message.c_str());
    seconds.push_back(batch->seconds());
    wall.push_back(batch->wall_seconds);
    cpu.push_back(batch->cpu_seconds);
  }
  const auto overhead = [&](const std::vector<double>& times) { return 100 * (median(times) / (calls * call) - 1); };
  state.counters["overhead_percent"] = overhead(seconds);
  state.counters["of_wall_time"] = overhead(wall);
  state.counters["of_cpu_time"] = overhead(cpu);
  state.counters["call_us"] = 1e6 * call;
}
BENCHMARK(MeasuringLoop)
    ->Arg(1)
    ->Arg(10)
    ->Arg(100)
    ->Arg(240)  // as hybugs has it calibrated
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(200);

Value random_tensor(std::int64_t size, unsigned seed) {
  auto memory = std::make_shared<std::vector<float>>(static_cast<std::size_t>(size));
  std::minstd_rand random(seed);
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::generate(memory->begin(), memory->end(), [&] { return uniform(random); });
  Tensor tensor;
  tensor.shape = {size};
  tensor.data = reinterpret_cast<const std::byte*>(memory->data());
  tensor.owner = memory;
  return Value{std::move(tensor)};
}

Result<Value> through_a_pipe(const Value& value) {
  Pipe pipe = make_pipe();
  enlarge_pipe(pipe.write.get());
  std::thread writer([&] {
    FrameBody body;
    const nlohmann::json header = {{"value", encode_value(value, body)}};
    write_frame(pipe.write.get(), header, body);
  });
  FrameDecoder decoder(1ULL << 32);
  std::optional<Frame> frame;
  while (!frame) {
    const auto space = decoder.space();
    const ssize_t size = ::read(pipe.read.get(), space.data, space.size);
    if (size <= 0) break;
    decoder.received(static_cast<std::size_t>(size));
    frame = decoder.next();
  }
  writer.join();
  return decode_value(frame->header["value"], *frame);
}

// From a trial's tensor to the judge's word: encoding, the pipe, decoding, comparison with another tensor. CPU time
// of both sides, so that the rate is that of one core.
void TensorToVerdict(benchmark::State& state) {
  const std::int64_t size = 16 << 20;
  const Value expected = random_tensor(size, 1);
  const Value actual = random_tensor(size, 2);
  const CaseSpec spec;
  for ([[maybe_unused]] auto _ : state) {
    const auto received = through_a_pipe(actual);
    benchmark::DoNotOptimize(compare_values(expected, *received, spec, "output 0"));
  }
  state.SetBytesProcessed(state.iterations() * size * static_cast<std::int64_t>(sizeof(float)));
}
BENCHMARK(TensorToVerdict)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->Iterations(10);

// `hybugs list` with as many copies of a case.
void List(benchmark::State& state) {
  const fs::path folder = fs::temp_directory_path() / ("hybugs-bench-" + std::to_string(::getpid()));
  fs::create_directories(folder / "build");
  for (int i = 0; i < state.range(0); ++i) {
    fs::copy(HYBUGS_SOURCE_DIR "/cases/tf-pwa-0db1b0b", folder / "cases" / ("case-" + std::to_string(i)),
             fs::copy_options::recursive);
  }
  const Command list{
      {HYBUGS_BINARY, "--cases", (folder / "cases").string(), "--build", (folder / "build").string(), "list"},
      {},
      {},
      "",
      true};
  run_command(list);  // fills the cache
  for ([[maybe_unused]] auto _ : state) {
    const auto output = run_command(list);
    if (!output || !output->ok()) state.SkipWithError("hybugs list failed");
  }
  fs::remove_all(folder);
}
BENCHMARK(List)->Arg(16)->Arg(300)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(20);

}  // namespace
}  // namespace hybugs

BENCHMARK_MAIN();
