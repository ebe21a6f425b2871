#include "harness/wire/record_builder.h"

namespace hybugs {
namespace {

using nlohmann::json;

json thrown_to_json(const Thrown& thrown) {
  return {{"type", thrown.type}, {"message", thrown.message}};
}

// The sender cut the message already; an honest one never reaches this limit.
Thrown thrown_from_json(const json& object) {
  return {printable_utf8(text_at(object, "type"), 256), printable_utf8(text_at(object, "message"), 16 << 10)};
}

json graph_use_to_json(const GraphUse& use) {
  return {{"inside", use.inside},
          {"recorded", use.recorded},
          {"outside", use.outside},
          {"graphs", use.graphs},
          {"from_graph", use.from_graph}};
}

OperatorCounts counts_from_json(const json& object, const char* key) {
  OperatorCounts counts;
  const json found = object.value(key, json::object());
  if (!found.is_object()) return counts;
  for (const auto& [name, count] : found.items()) {
    if (count.is_number_integer()) counts[name] = count.get<std::int64_t>();
  }
  return counts;
}

std::vector<bool> flags_from_json(const json& object, const char* key) {
  std::vector<bool> flags;
  for (const json& flag : object.value(key, json::array())) flags.push_back(flag.is_boolean() && flag.get<bool>());
  return flags;
}

GraphUse graph_use_from_json(const json& object) {
  if (!object.is_object()) return {};
  return {counts_from_json(object, "inside"), counts_from_json(object, "recorded"), integer_at(object, "outside"),
          integer_at(object, "graphs"), flags_from_json(object, "from_graph")};
}

}  // namespace

namespace frames {

json refused(const std::string& why, bool stale) {
  return {{"kind", "refused"}, {"why", why}, {"stale", stale}};
}
json scenario(int size) {
  return {{"kind", "scenario"}, {"size", size}};
}
json constructed() {
  return {{"kind", "constructed"}};
}
json construct_threw(const Thrown& thrown) {
  return {{"kind", "construct_threw"}, {"thrown", thrown_to_json(thrown)}};
}

json call(const CallRecord& call, FrameBody& body) {
  json header = {{"kind", "call"}};
  if (call.thrown) {
    header["thrown"] = thrown_to_json(*call.thrown);
  } else {
    header["outputs"] = encode_values(call.outputs, body);
  }
  if (!call.inputs.empty()) header["inputs"] = encode_values(call.inputs, body);
  if (call.heap_bytes) header["heap"] = *call.heap_bytes;
  if (call.graph_use) header["graph_use"] = graph_use_to_json(*call.graph_use);
  return header;
}

json elements() {
  return {{"kind", "elements"}};
}

json second_call(const CallRecord& second, FrameBody& body) {
  json header = call(second, body);
  header["kind"] = "second_call";
  return header;
}

json end(std::int64_t peak_bytes, const std::string& graph) {
  return {{"kind", "end"}, {"peak", peak_bytes}, {"graph", graph}};
}

}  // namespace frames

void RecordBuilder::add(const Frame& frame) {
  const bool nothing_may_follow = ended_ || refused_;
  const std::string kind = nothing_may_follow ? "" : text_at(frame.header, "kind");
  if (kind == "refused") {
    refused_ = true;
    record_.detail = text_at(frame.header, "why");
    record_.stale = frame.header.value("stale", json(false)) == json(true);
  } else if (kind == "scenario") {
    record_.scenario_size = static_cast<int>(integer_at(frame.header, "size"));
  } else if (kind == "constructed") {
    record_.constructed = true;
  } else if (kind == "construct_threw" && frame.header.contains("thrown")) {
    record_.construct = thrown_from_json(frame.header["thrown"]);
  } else if (kind == "call") {
    add_call(frame, record_.calls);
  } else if (kind == "second_call") {
    add_call(frame, record_.second_pass);
  } else if (kind == "end") {
    ended_ = true;
    record_.peak_bytes = integer_at(frame.header, "peak");
    record_.graph = text_at(frame.header, "graph");
  } else {
    broken_ = true;
  }
}

void RecordBuilder::add_call(const Frame& frame, std::vector<CallRecord>& calls) {
  CallRecord call;
  const bool expected = static_cast<int>(calls.size()) < record_.scenario_size;
  if (!expected || !read_call(frame, call)) {
    broken_ = true;
    return;
  }
  calls.push_back(std::move(call));
}

bool RecordBuilder::read_call(const Frame& frame, CallRecord& call) {
  const json& header = frame.header;
  if (header.contains("thrown")) {
    call.thrown = thrown_from_json(header["thrown"]);
  } else {
    if (!header.contains("outputs")) return false;
    auto outputs = decode_values(header["outputs"], frame);
    if (!outputs) return false;
    call.outputs = std::move(*outputs);
  }
  if (header.contains("inputs")) {
    auto inputs = decode_values(header["inputs"], frame);
    if (!inputs) return false;
    call.inputs = std::move(*inputs);
  }
  if (header.contains("heap")) call.heap_bytes = integer_at(header, "heap");
  if (header.contains("graph_use")) call.graph_use = graph_use_from_json(header["graph_use"]);
  return true;
}

}  // namespace hybugs
