#include "harness/host/timed_trial.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

#include "harness/host/ivalue_convert.h"
#include "harness/os/fd.h"
#include "harness/wire/record_builder.h"

namespace hybugs {
namespace {

void run_warm_up(Program& program, const TrialRequest& request, const Scenario& scenario) {
  if (!request.warm_up) return;
  for (int i = 0; i < request.timed_call && i < static_cast<int>(scenario.size()); ++i) {
    seed_call(request.seed, i);
    try {
      program.call(scenario[i]);
    } catch (...) {  // a call of the warm-up may throw, as in an untimed trial
    }
  }
}

// Call `call` of `count` scenarios; empty if the scenario is too short.
std::vector<Values> make_inputs(const Variant& variant, std::uint32_t call, std::uint64_t first_seed,
                                std::uint32_t count) {
  std::vector<Values> inputs;
  inputs.reserve(count);
  for (std::uint64_t seed = first_seed; seed < first_seed + count; ++seed) {
    seed_call(seed, -2);
    Scenario scenario = variant.scenario(seed);
    if (call >= scenario.size()) return {};
    inputs.push_back(std::move(scenario[call]));
  }
  return inputs;
}

void describe_shapes(const c10::IValue& value, std::ostream& text) {
  if (value.isTensor() && value.toTensor().defined()) {
    text << value.toTensor().scalar_type() << value.toTensor().sizes();
  } else if (value.isTuple() || value.isList()) {
    const auto elements = value.isTuple() ? value.toTupleRef().elements().vec() : value.toListRef().vec();
    for (const auto& element : elements) describe_shapes(element, text << '(');
  } else if (value.isString()) {
    text << value.toStringRef();  // names a phase, as a rule
  } else {
    text << value.tagKind();
  }
  text << ' ';
}

// What a graph may be specialised on: types and shapes of a call's inputs.
std::string shapes_of(const Values& inputs) {
  std::ostringstream text;
  for (const auto& input : inputs) describe_shapes(input, text);
  return text.str();
}

struct TimedCall {
  Values outputs;
  std::optional<std::vector<Value>> values;  // the same, unless all are plain tensors
};

struct Batch {
  std::vector<TimedCall> calls;
  std::optional<Thrown> thrown;
};

Batch run_batch(Program& program, const std::vector<Values>& inputs) {
  Batch batch;
  batch.calls.resize(inputs.size());
  try {
    for (std::size_t i = 0; i < inputs.size(); ++i) batch.calls[i].outputs = program.call(inputs[i]);
  } catch (...) {
    batch.thrown = current_exception();
    batch.calls.clear();
  }
  return batch;
}

// The clock runs: a plain tensor is only pointed to. Everything else becomes a value now, for a list or a dict may
// still grow later.
void add_elements(TimedCall& call, FrameBody& body) {
  if (!std::all_of(call.outputs.begin(), call.outputs.end(), is_plain_tensor)) {
    call.values = to_values(call.outputs);
    return add_tensors(*call.values, body);
  }
  for (const auto& output : call.outputs) {
    const at::Tensor& tensor = output.toTensor();
    body.add(static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes());
  }
}

bool write_elements(Batch& batch, int record) {
  FrameBody elements;
  for (TimedCall& call : batch.calls) add_elements(call, elements);
  return write_frame(record, frames::elements(), elements);
}

// One call record whose outputs are the calls' outputs, each as a tuple; without the elements, which were written
// already.
bool write_description(Batch batch, int record) {
  CallRecord description;
  description.thrown = std::move(batch.thrown);
  for (TimedCall& call : batch.calls) {
    auto values = call.values ? std::move(*call.values) : to_values(call.outputs);
    description.outputs.push_back(Value{Sequence{Sequence::Kind::tuple, std::move(values)}});
  }
  FrameBody same_places;
  return write_frame(record, frames::call(description, same_places));
}

}  // namespace

void run_timed(const Variant& variant, Program& program, const TrialPipes& pipes) {
  std::vector<Values> inputs;
  Batch batch;
  bool connected = true;
  for (BatchCommand command; connected && read_all(pipes.control, &command, sizeof command);) {
    if (command.kind == BatchCommand::Kind::end) break;
    if (command.kind == BatchCommand::Kind::release) {
      batch = run_batch(program, inputs);
      connected = write_elements(batch, pipes.record);
      continue;
    }
    if (command.kind == BatchCommand::Kind::describe) {
      connected = write_description(std::exchange(batch, {}), pipes.record);
      continue;
    }
    inputs = make_inputs(variant, command.call, command.first_seed, command.calls);
    const std::string shapes = inputs.empty() ? "" : shapes_of(inputs.front());
    seed_call(command.first_seed, static_cast<int>(command.call));
    write_frame(pipes.record, {{"kind", "ready"}, {"calls", inputs.size()}, {"shapes", shapes}});
  }
  write_frame(pipes.record, frames::end(0, ""));
}

void run_google_benchmark(const Variant& variant, Program& program, const TrialRequest& request,
                          const Scenario& warm_up, const TrialPipes& pipes) {
  run_warm_up(program, request, warm_up);
  const auto inputs = make_inputs(variant, static_cast<std::uint32_t>(request.timed_call), request.seed + 1, 16);
  if (inputs.empty()) return;
  benchmark::RegisterBenchmark("call",
                               [&](benchmark::State& state) {
                                 std::size_t next = 0;
                                 for (auto _ : state) {
                                   benchmark::DoNotOptimize(program.call(inputs[next]));
                                   next = (next + 1) % inputs.size();
                                 }
                               })
      ->MinTime(0.05)
      ->UseRealTime();
  char name[] = "hybugs-host";
  char* arguments[] = {name, nullptr};
  int count = 1;
  benchmark::Initialize(&count, arguments);
  std::ostringstream text;
  benchmark::JSONReporter reporter;
  reporter.SetOutputStream(&text);
  reporter.SetErrorStream(&text);
  benchmark::RunSpecifiedBenchmarks(&reporter);
  write_frame(pipes.record, {{"kind", "google_benchmark"}, {"json", text.str()}});
  write_frame(pipes.record, frames::end(0, ""));
}

}  // namespace hybugs
