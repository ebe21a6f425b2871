#include "harness/wire/record_builder.h"

#include <gtest/gtest.h>

namespace hybugs {
namespace {

using nlohmann::json;

Frame frame_of(const json& header) {
  return {header, nullptr, 0};
}

RecordBuilder build(const std::vector<json>& headers) {
  RecordBuilder builder;
  for (const json& header : headers) builder.add(frame_of(header));
  return builder;
}

json call_frame(const CallRecord& call) {
  FrameBody body;
  return frames::call(call, body);
}

TEST(RecordBuilder, PutsATrialTogether) {
  CallRecord returned;
  returned.outputs = {Value{std::int64_t{3}}};
  returned.heap_bytes = 77;
  returned.graph_use = GraphUse{{{"aten::mul", 2}}, {}, 5, 0};
  CallRecord threw;
  threw.thrown = Thrown{"c10::Error", "no"};
  RecordBuilder builder = build({frames::scenario(2), frames::constructed(), call_frame(returned), call_frame(threw),
                                 frames::end(123, "graph()")});
  EXPECT_TRUE(builder.ended());
  EXPECT_FALSE(builder.broken());
  const TrialRecord& record = builder.record();
  EXPECT_EQ(record.scenario_size, 2);
  EXPECT_TRUE(record.constructed);
  ASSERT_EQ(record.calls.size(), 2U);
  EXPECT_EQ(describe(record.calls[0].outputs[0]), "3");
  EXPECT_EQ(record.calls[0].heap_bytes, 77);
  EXPECT_EQ(record.calls[0].graph_use->inside_count(), 2);
  EXPECT_EQ(record.calls[0].graph_use->outside, 5);
  EXPECT_EQ(record.calls[1].thrown->message, "no");
  EXPECT_EQ(record.peak_bytes, 123);
  EXPECT_EQ(record.graph, "graph()");
}

TEST(RecordBuilder, KeepsTheReasonOfARefusalAndOfAConstructor) {
  EXPECT_TRUE(build({frames::refused("old", true)}).record().stale);
  EXPECT_EQ(build({frames::refused("old", true)}).record().detail, "old");
  EXPECT_EQ(build({frames::scenario(1), frames::construct_threw({"x", "why"})}).record().construct->message, "why");
}

TEST(RecordBuilder, CallsAForgedRecordBroken) {
  const json end = frames::end(0, "");
  const std::vector<std::vector<json>> forgeries = {
      {json{{"kind", "verdict"}}},
      {json{{"no", "kind"}}},
      {json{{"kind", 7}}},
      {json{{"kind", "call"}}},
      {json{{"kind", "call"}, {"outputs", 5}}},
      {end, end},
      {end, frames::scenario(1)},
      {json{{"kind", "call"}, {"outputs", {json{{"t", 8}, {"s", {4}}, {"o", 0U}}}}}}};
  for (const auto& forgery : forgeries) EXPECT_TRUE(build(forgery).broken()) << json(forgery).dump();
}

}  // namespace
}  // namespace hybugs
