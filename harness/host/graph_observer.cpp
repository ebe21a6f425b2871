#include "harness/host/graph_observer.h"

#include <ATen/record_function.h>
#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/tensorexpr_fuser.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "harness/host/program_frames.h"
#include "harness/host/tensor_origins.h"

namespace hybugs {
namespace {

std::mutex counts_mutex;
GraphUse counts;
TensorOrigins origins;

// Scopes that are open on this thread. Only the outermost operator counts, in eager code and in a graph alike: `linear`
// calls `addmm`. A graph that runs within an operator, such as a derivative within the engine's, counts anew.
struct OpenGraph {
  int operators_around;
  std::uintptr_t caller;  // frame of the program that runs it
};

thread_local int open_operators = 0;
thread_local std::vector<OpenGraph> open_graphs;

// The executor says which graph it ran last once that is over: asked at the next event after the graph's end. A graph
// that ran within an operator is a derivative: not what a reader wants to see.
std::shared_ptr<torch::jit::Graph> shown_graph;
thread_local bool graph_ended = false;

void keep_ended_graph() {
  if (!std::exchange(graph_ended, false)) return;
  auto graph = torch::jit::lastExecutedOptimizedGraph();
  const std::lock_guard<std::mutex> lock(counts_mutex);
  if (graph) shown_graph = std::move(graph);
}

c10::ArrayRef<const c10::IValue> all_of(const std::vector<c10::IValue>& values) {
  return c10::ArrayRef<const c10::IValue>(values.data(), values.size());
}

std::optional<ProgramFrames> program_frames;

// A graph lets go of tensors, and a deleter of one of them can be the program's: what that computes isn't the graph's.
bool is_inside_graph() {
  return !open_graphs.empty() && program_frames->innermost() == open_graphs.back().caller;
}

// What an operator's end has to know. Operators within operators have none.
struct OuterOperator : at::ObserverContext {
  explicit OuterOperator(bool inside) : from_graph(inside) {}
  bool from_graph;
};

std::unique_ptr<at::ObserverContext> open_operator(const at::RecordFunction& function) {
  if (open_operators++ > 0) return nullptr;
  const bool inside = is_inside_graph();
  const std::lock_guard<std::mutex> lock(counts_mutex);
  if (inside) {
    ++counts.inside[function.name()];
  } else if (torch::jit::tracer::isTracing()) {
    ++counts.recorded[function.name()];
  } else {
    ++counts.outside;
  }
  return std::make_unique<OuterOperator>(inside || origins.has_graph_tensor(function.inputs()));
}

void close_operator(const at::RecordFunction& function, const at::ObserverContext* context) {
  --open_operators;
  if (context == nullptr) return;
  const std::lock_guard<std::mutex> lock(counts_mutex);
  origins.note(all_of(function.outputs()), static_cast<const OuterOperator*>(context)->from_graph);
}

void open_graph() {
  open_graphs.push_back({std::exchange(open_operators, 0), program_frames->innermost()});
  if (open_graphs.size() > 1) return;
  const std::lock_guard<std::mutex> lock(counts_mutex);
  ++counts.graphs;
}

std::unique_ptr<at::ObserverContext> on_start(const at::RecordFunction& function) {
  keep_ended_graph();
  if (function.scope() != at::RecordScope::TORCHSCRIPT_FUNCTION) return open_operator(function);
  open_graph();
  return nullptr;
}

void on_end(const at::RecordFunction& function, at::ObserverContext* context) {
  if (function.scope() != at::RecordScope::TORCHSCRIPT_FUNCTION) {
    close_operator(function, context);
  } else if (!open_graphs.empty()) {
    open_operators = open_graphs.back().operators_around;
    open_graphs.pop_back();
    graph_ended = open_graphs.empty() && open_operators == 0;
  }
}

}  // namespace

GraphObserver::GraphObserver(const void* program_code) {
  program_frames.emplace(program_code);
  torch::jit::setTensorExprFuserEnabled(false);
  handle_ = at::addGlobalCallback(at::RecordFunctionCallback(on_start, on_end)
                                      .needsInputs(true)
                                      .needsOutputs(true)
                                      .scopes({at::RecordScope::FUNCTION, at::RecordScope::TORCHSCRIPT_FUNCTION}));
}

GraphObserver::~GraphObserver() {
  at::removeCallback(handle_);
}

GraphUse GraphObserver::take(const std::vector<c10::IValue>& outputs) {
  keep_ended_graph();
  const std::lock_guard<std::mutex> lock(counts_mutex);
  GraphUse seen;
  std::swap(seen, counts);
  seen.from_graph = origins.of(all_of(outputs));
  return seen;
}

std::string GraphObserver::last_graph() {
  try {
    const auto graph = shown_graph ? shown_graph : torch::jit::lastExecutedOptimizedGraph();
    return graph ? graph->toString() : "";
  } catch (const std::exception&) {
    return "";
  }
}

}  // namespace hybugs
