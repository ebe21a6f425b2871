#include "harness/host/graph_observer.h"

#include <ATen/record_function.h>
#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/tensorexpr_fuser.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <mutex>
#include <utility>
#include <vector>

namespace hybugs {
namespace {

std::mutex counts_mutex;
GraphUse counts;

// Scopes that are open on this thread. Only the outermost operator counts, in eager code and in a graph alike: `linear`
// calls `addmm`. A graph that runs within an operator, such as a derivative within the engine's, counts anew.
thread_local int open_operators = 0;
thread_local std::vector<int> operators_around_graphs;  // one for each open graph

void open_operator(const at::RecordFunction& function) {
  if (open_operators++ > 0) return;
  const std::lock_guard<std::mutex> lock(counts_mutex);
  if (!operators_around_graphs.empty()) {
    ++counts.inside[function.name()];
  } else if (torch::jit::tracer::isTracing()) {
    ++counts.recorded[function.name()];
  } else {
    ++counts.outside;
  }
}

void open_graph() {
  operators_around_graphs.push_back(std::exchange(open_operators, 0));
  if (operators_around_graphs.size() > 1) return;
  const std::lock_guard<std::mutex> lock(counts_mutex);
  ++counts.graphs;
}

std::unique_ptr<at::ObserverContext> on_start(const at::RecordFunction& function) {
  if (function.scope() == at::RecordScope::TORCHSCRIPT_FUNCTION) {
    open_graph();
  } else {
    open_operator(function);
  }
  return nullptr;
}

void on_end(const at::RecordFunction& function, at::ObserverContext*) {
  if (function.scope() != at::RecordScope::TORCHSCRIPT_FUNCTION) {
    --open_operators;
  } else if (!operators_around_graphs.empty()) {
    open_operators = operators_around_graphs.back();
    operators_around_graphs.pop_back();
  }
}

}  // namespace

GraphObserver::GraphObserver() {
  torch::jit::setTensorExprFuserEnabled(false);
  handle_ = at::addGlobalCallback(at::RecordFunctionCallback(on_start, on_end)
                                      .scopes({at::RecordScope::FUNCTION, at::RecordScope::TORCHSCRIPT_FUNCTION}));
}

GraphObserver::~GraphObserver() {
  at::removeCallback(handle_);
}

GraphUse GraphObserver::take() {
  const std::lock_guard<std::mutex> lock(counts_mutex);
  GraphUse seen;
  std::swap(seen, counts);
  return seen;
}

std::string GraphObserver::last_graph() {
  try {
    const auto graph = torch::jit::lastExecutedOptimizedGraph();
    return graph ? graph->toString() : "";
  } catch (const std::exception&) {
    return "";
  }
}

}  // namespace hybugs
