// The words that classify bugs: our mechanisms and the labels of the study.
#include "harness/core/vocabulary.h"

namespace hybugs {

const std::vector<Mechanism>& mechanisms() {
  static const std::vector<Mechanism> list = {
      {"eager-hot-loop", "the expensive part stays eager, so none of the graph's optimisations reach it"},
      {"retrace-per-call", "every call or step builds its graph anew, which costs time and memory"},
      {"retrace-per-shape", "every new shape or host number builds another graph, and they pile up"},
      {"shape-baked", "a size of the example became a constant, so another size fails or gives wrong values"},
      {"branch-baked", "the branch that the example took is the only one that the graph has"},
      {"value-baked", "a host number such as a learning rate, step or flag is stuck at its first value"},
      {"side-effect-once", "printing, appending, counting or writing happens while tracing and never again"},
      {"iterator-once", "a host iterator or generator moves on only while tracing"},
      {"rng-once", "a host random number was drawn once and is part of the graph"},
      {"state-not-captured", "variables or buffers that the graph should keep are lost, stale or made again"},
      {"param-frozen", "parameters became constants, so later updates of an optimiser don't reach the graph"},
      {"optional-arg", "whether an optional argument is there was fixed by the first call or a declared type"},
      {"signature-mismatch", "the declared signature refuses legitimate inputs, or casts them silently"},
      {"unsupported-construct", "the graph compiler doesn't know a construct of the host language"},
      {"foreign-call", "a call into another host library fails inside the graph or leaves a constant behind"},
      {"nested-redundant", "inner functions are hybridized as well: more overhead, no gain, sometimes breakage"},
      {"crossing-boundary", "an eager loop makes many tiny graph calls and pays mostly for entering them"},
      {"graph-slower", "for this workload the graph is slower than eager code"},
      {"unrolled-loop", "a host loop became a huge graph that is slow to compile or exhausts memory or stack"},
      {"numeric-divergence", "the graph computes other numbers: promotion, integer division, rounding, constants"},
      {"grad-lost", "gradients stop at the graph's border or come out wrong"},
      {"device-placement", "the device or distribution strategy was captured with the graph"},
      {"debug-opaque", "output, checks or error locations disappear in the graph"},
      {"export-missing", "methods, attributes or flags are missing after export"},
      {"concurrency", "several threads share one graph function and disturb each other"},
      {"crash", "native code crashes in graph mode"},
      {"framework-bug", "the graph compiler itself is wrong"},
  };
  return list;
}

const std::vector<std::string>& study_categories() {
  static const std::vector<std::string> list = {
      "API Misuse",
      "Compilation error",
      "Conversion to TFLite",
      "Debuggability",
      "Graph is less specialized on input shapes",
      "Graph overly specialized on input shapes",
      "Incompatibility",
      "No support for eager mode",
      "Other",
      "Performance",
      "Redundant decorator",
      "Representation",
      "Segmentation fault",
      "TensorFlow bug",
      "Test",
      "Underspecified input signature",
      "Unknown",
      "Unspecified input signature",
      "Using Python iterators and generators",
      "Variable state exposure",
  };
  return list;
}

const std::vector<std::string>& study_causes() {
  static const std::vector<std::string> list = {
      "API confusion",
      "Error with representations",
      "Flaky tests",
      "Function conversion",
      "Incorrect tf.function parameter",
      "Many iterations",
      "Tensor dynamic shapes",
      "Use of decorator in definition of a inner function called by a decorated outer function",
      "Use of eager mode",
      "Use of graph mode",
      "Use of incompatible function",
      "Variable out-of-scope",
  };
  return list;
}

// The study writes `None` where a bug had no symptom or no fix; that is a label, unlike a missing one.
const std::vector<std::string>& study_symptoms() {
  static const std::vector<std::string> list = {
      "Autograph warning",
      "Dynamic features unavailable",
      "Errors-in-exception-handling",
      "Lower performance",
      "Missing variable value",
      "No support for eager mode",
      "None",
      "Poor debuggability",
      "Runtime error",
      "Test fails",
      "Unexpected behavior",
      "Unknown",
  };
  return list;
}

const std::vector<std::string>& study_fixes() {
  static const std::vector<std::string> list = {
      "Add conditions for each execution mode",
      "Add input_signature to tf.function",
      "Add state as function parameter",
      "Added tf.Variable",
      "Change value of tf.function parameter",
      "Embed converted function declaration in calling function",
      "None",
      "Re-add tf.function decorator",
      "Remove tf.function decorator",
      "Use of tf.eagerly_executing() to check whether we are in graph mode",
      "Use specialized tf.data.Iterator for iteration constructs",
      "Use tf.function",
      "Use type alias",
  };
  return list;
}

}  // namespace hybugs
