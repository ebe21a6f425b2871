#include "harness/host/graph_observer.h"

#include <ATen/record_function.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/tensorexpr_fuser.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <mutex>

namespace hybugs {
namespace {

std::mutex counts_mutex;
GraphUse counts;

// Scopes that are open on this thread. Only the outermost operator counts: `linear` calls `addmm`, in eager code and
// in a graph alike.
thread_local int open_graphs = 0;
thread_local int open_operators = 0;

void open_operator(const at::RecordFunction& function) {
  if (open_operators++ > 0) return;
  const std::lock_guard<std::mutex> lock(counts_mutex);
  if (open_graphs > 0) {
    ++counts.inside[function.name()];
  } else {
    ++counts.outside;
  }
}

void open_graph() {
  if (open_graphs++ > 0) return;
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
  --(function.scope() == at::RecordScope::TORCHSCRIPT_FUNCTION ? open_graphs : open_operators);
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
