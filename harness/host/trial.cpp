#include "harness/host/trial.h"

#include <cxxabi.h>
#include <torch/script.h>

#include <cstdlib>
#include <optional>
#include <typeinfo>

#include "harness/host/graph_observer.h"
#include "harness/host/ivalue_convert.h"
#include "harness/host/memory_meter.h"
#include "harness/host/timed_trial.h"
#include "harness/wire/record_builder.h"

namespace hybugs {
namespace {

constexpr std::size_t kMessageLimit = 8 << 10;

std::string type_name(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status),
                                                    std::free);
  return status == 0 ? name.get() : type.name();
}

// Instruments that a trial has on, by its mode.
class Instruments {
 public:
  Instruments(TrialMode mode, const void* program_code) {
    if (mode == TrialMode::observe) observer_.emplace(program_code);
    if (mode == TrialMode::measure) memory_.emplace();
  }

  void before_call() {
    if (observer_) observer_->take({});
  }
  void after_call(CallRecord& call, const Values& outputs) {
    if (observer_) call.graph_use = observer_->take(outputs);
    if (memory_) call.heap_bytes = heap_bytes();
  }
  std::int64_t peak_bytes() const { return memory_ ? memory_->peak_bytes() : 0; }
  std::string graph() const { return observer_ ? GraphObserver::last_graph() : ""; }

 private:
  std::optional<GraphObserver> observer_;
  std::optional<MemoryMeter> memory_;
};

enum class Pass : std::uint8_t { first, second };

// The record of one call is written before the next one begins: outputs may alias state that changes later.
bool run_call(Program& program, const TrialRequest& request, int index, const Values& inputs, Instruments& instruments,
              int record, Pass pass) {
  CallRecord call;
  Values outputs;
  instruments.before_call();
  hybugs_current_call = index;
  hybugs_before_call();
  seed_call(request.seed, index);
  try {
    outputs = program.call(inputs);
  } catch (...) {
    call.thrown = current_exception();
  }
  instruments.after_call(call, outputs);
  if (!call.thrown) {
    try {
      call.outputs = to_values(outputs);
    } catch (...) {  // an output that can't even be read, such as a view of freed or deferred memory
      call.thrown = current_exception();
    }
  }
  if (request.record_inputs) call.inputs = to_values(inputs);
  FrameBody body;
  const auto header = pass == Pass::first ? frames::call(call, body) : frames::second_call(call, body);
  return write_frame(record, header, body);
}

bool run_pass(Program& program, const TrialRequest& request, const Scenario& scenario, Instruments& instruments,
              int record, Pass pass) {
  for (std::size_t i = 0; i < scenario.size(); ++i) {
    if (!run_call(program, request, static_cast<int>(i), scenario[i], instruments, record, pass)) return false;
  }
  return true;
}

void run_calls(Program& program, const Variant& variant, const Variant& origin, const TrialRequest& request,
               const Scenario& scenario, int record) {
  Instruments instruments(request.mode, variant.code());
  if (!run_pass(program, request, scenario, instruments, record, Pass::first)) return;
  const std::string graph = instruments.graph();
  if (request.mode == TrialMode::observe) {
    // On the same object: graphs that are made on demand are there by now. With other inputs: a program could know
    // those of the first pass again.
    TrialRequest next = request;
    ++next.seed;
    seed_call(next.seed, -2);
    const Scenario again = origin.scenario(next.seed);
    if (!run_pass(program, next, again, instruments, record, Pass::second)) return;
  }
  write_frame(record, frames::end(instruments.peak_bytes(), graph));
}

std::unique_ptr<Program> construct(const Variant& variant, const TrialRequest& request, int record) {
  seed_call(request.seed, -1);
  try {
    auto program = variant.make(request.program);
    if (program) {
      write_frame(record, frames::constructed());
      return program;
    }
    write_frame(record, frames::construct_threw({"", "the factory returned no program"}));
  } catch (...) {
    write_frame(record, frames::construct_threw(current_exception()));
  }
  return nullptr;
}

// False: it was refused, and the record says why.
bool accept(const Variant& variant, int record) {
  if (variant.error().empty()) return true;
  write_frame(record, frames::refused(variant.error(), variant.stale()));
  return false;
}

std::optional<Scenario> make_scenario(const Variant& variant, std::uint64_t seed, int record) {
  seed_call(seed, -2);
  try {
    Scenario scenario = variant.scenario(seed);
    write_frame(record, frames::scenario(static_cast<int>(scenario.size())));
    return scenario;
  } catch (...) {
    write_frame(record,
                frames::refused("scenario(" + std::to_string(seed) + ") threw: " + current_exception().message, false));
    return std::nullopt;
  }
}

// Known to be good: proves that this host can fork, run operators, compile a script and write a record.
class ProbeProgram : public Program {
 public:
  Values call(const Values& inputs) override {
    const auto unit = torch::jit::compile("def probe(x):\n    return torch.matmul(x, x) + 1\n");
    return {unit->run_method("probe", inputs[0])};
  }
};

void run_probe(int record) {
  ProbeProgram program;
  const Scenario scenario = {{torch::ones({4, 4})}};
  write_frame(record, frames::scenario(1));
  write_frame(record, frames::constructed());
  Instruments instruments(TrialMode::values, nullptr);
  run_pass(program, {}, scenario, instruments, record, Pass::first);
  write_frame(record, frames::end(0, ""));
}

}  // namespace

// A debugger finds the function only if it is really called, and reads the variable without debug information.
volatile int hybugs_current_call = -1;
__attribute__((noinline)) void hybugs_before_call() {
  asm volatile("");
}

void seed_call(std::uint64_t seed, int call) {
  // SplitMix64 (Steele, Lea, Flood 2014): neighbouring seeds and calls give unrelated numbers.
  std::uint64_t mixed = seed * 0x9E3779B97F4A7C15U + static_cast<std::uint64_t>(call + 3) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
  mixed ^= mixed >> 31;
  torch::manual_seed(mixed);
  std::srand(static_cast<unsigned>(mixed));
}

Thrown current_exception() {
  Thrown thrown;
  try {
    throw;
  } catch (const c10::Error& error) {
    thrown = {"c10::Error", error.what_without_backtrace()};
  } catch (const std::exception& error) {
    thrown = {type_name(typeid(error)), error.what()};
  } catch (...) {
    const std::type_info* type = abi::__cxa_current_exception_type();
    thrown = {type != nullptr ? type_name(*type) : "unknown", "an exception that is no std::exception"};
  }
  thrown.message = printable_utf8(thrown.message, kMessageLimit);
  return thrown;
}

void run_trial(const TrialRequest& request, const TrialPipes& pipes) {
  if (request.mode == TrialMode::probe) return run_probe(pipes.record);
  // The scenario is there before any code of a variant that has a reference runs.
  const Variant reference(request.reference.empty() ? request.library : request.reference);
  if (!accept(reference, pipes.record)) return;
  const auto scenario = make_scenario(reference, request.seed, pipes.record);
  if (!scenario) return;
  std::optional<Variant> own;
  if (!request.reference.empty() && request.program == ProgramKind::hybrid) own.emplace(request.library);
  const Variant& variant = own ? *own : reference;
  if (!accept(variant, pipes.record)) return;
  const auto program = construct(variant, request, pipes.record);
  if (!program) return;
  if (request.mode == TrialMode::time) return run_timed(reference, *program, pipes);
  if (request.mode == TrialMode::benchmark) {
    return run_google_benchmark(reference, *program, request, *scenario, pipes);
  }
  run_calls(*program, variant, reference, request, *scenario, pipes.record);
}

}  // namespace hybugs
