#include "tools/try/settings.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace hybugs {
namespace {

using testing::HasSubstr;
using testing::Not;

CaseSpec example() {
  CaseSpec spec;
  spec.symptom = Symptom::slow;
  spec.timeout_s = 3;
  spec.memory_mb = 100;
  spec.threads = {2, 1};
  spec.tolerance = Tolerance{1e-12, 1e-11};
  spec.compare = {true, true, "negative"};
  spec.timing = {4, TimingPhase::new_shape};
  return spec;
}

TEST(Settings, SurviveTheFile) {
  const auto read = settings_from_json(nlohmann::json::parse(settings_json(example()).dump()));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->symptom, Symptom::slow);
  EXPECT_EQ(read->timeout_s, 3);
  EXPECT_EQ(read->memory_mb, 100);
  EXPECT_EQ(read->threads.intra, 2);
  EXPECT_EQ(read->threads.inter, 1);
  EXPECT_EQ(read->tolerance->rtol, 1e-12);
  EXPECT_EQ(read->tolerance->atol, 1e-11);
  EXPECT_TRUE(read->compare.requires_grad);
  EXPECT_TRUE(read->compare.inputs);
  EXPECT_EQ(read->compare.message, "negative");
  EXPECT_EQ(read->timing.call, 4);
  EXPECT_EQ(read->timing.phase, TimingPhase::new_shape);
}

TEST(Settings, LeaveOutWhatIsntSet) {
  const auto read = settings_from_json(settings_json(CaseSpec{}));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_FALSE(read->tolerance);
  EXPECT_FALSE(read->threads.inter);
}

TEST(Settings, TellNothingOfTheBugAndItsOrigin) {
  CaseSpec spec = example();
  spec.id = "secret-id";
  spec.folder = "/secret/folder";
  spec.title = spec.task = spec.story = spec.lesson = "secret text";
  spec.mechanism = "secret-mechanism";
  spec.source = {Source::Kind::commit, "secret/project", "secret", 7, "https://secret", "2020"};
  spec.failure.message = "secret message";
  spec.fix.graph_dropped = true;
  EXPECT_THAT(settings_json(spec).dump(), Not(HasSubstr("secret")));
  EXPECT_THAT(settings_json(spec).dump(), Not(HasSubstr("dropped")));
}

TEST(Settings, RefuseWhatIsNone) {
  for (const char* text : {"[]", "{}", R"({"symptom": 1})", "null"}) {
    EXPECT_FALSE(settings_from_json(nlohmann::json::parse(text))) << text;
  }
  auto settings = settings_json(example());
  settings["symptom"] = "slower";
  EXPECT_THAT(settings_from_json(settings).error().message, HasSubstr("unknown symptom"));
}

}  // namespace
}  // namespace hybugs
