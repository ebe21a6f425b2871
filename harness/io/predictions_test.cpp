#include "harness/io/predictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "harness/io/test_folder.h"

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PredictionsTest : public testing::Test {
 protected:
  Predictions read(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    return read_predictions(path_);
  }
  std::vector<std::string> errors(const std::string& text) {
    std::vector<std::string> texts;
    for (const Error& error : read(text).errors) texts.push_back(error.text().substr(path_.size()));
    return texts;
  }

  TestFolder folder_;
  std::string path_ = folder_.path() + "/predictions.jsonl";
};

TEST_F(PredictionsTest, AreOneObjectALine) {
  const auto predictions =
      read(R"({"instance_id": "a", "model_name_or_path": "m", "model_patch": "--- a\n+++ b\n"})"
           "\n\n"
           R"({"instance_id": "b", "model_name_or_path": "m", "model_file": "int x;", "more": 1})");
  ASSERT_THAT(predictions.errors, testing::IsEmpty());
  ASSERT_EQ(predictions.all.size(), 2U);
  EXPECT_EQ(predictions.all[0].patch, "--- a\n+++ b\n");
  EXPECT_FALSE(predictions.all[0].whole_file);
  EXPECT_EQ(predictions.all[1].file, "int x;");
  EXPECT_TRUE(predictions.all[1].whole_file);
  EXPECT_EQ(predictions.all[1].line, 3);
}

TEST_F(PredictionsTest, BytesThatAreNoUtf8AreKept) {
  const std::string bytes = "caf\xE9 \xFF\x80 \xC3\xA9 \xED\xA0\x80 \xF4\x8F\xBF\xBF";
  const auto predictions =
      read(R"({"instance_id": "a", "model_name_or_path": "m", "model_patch": ")" + bytes + "\"}\n");
  ASSERT_EQ(predictions.all.size(), 1U);
  EXPECT_EQ(predictions.all[0].patch, bytes);
}

TEST_F(PredictionsTest, ABadLineIsSaidAndTheOthersGoOn) {
  const std::string good = R"({"instance_id": "a", "model_name_or_path": "m", "model_patch": "x"})";
  const std::string text = good + "\n{\"instance_id\": \n[1]\n" + good + "\n" +
                           R"({"instance_id": 3, "model_name_or_path": "m", "model_patch": "x"})" + "\n" +
                           R"({"instance_id": "c", "model_patch": "x"})" + "\n" +
                           R"({"instance_id": "d", "model_name_or_path": "m"})" + "\n" +
                           R"({"instance_id": "e", "model_name_or_path": "m", "model_patch": "x", "model_file": "y"})" +
                           "\n" + R"({"instance_id": "f", "model_name_or_path": "m", "model_patch": null})";
  EXPECT_THAT(errors(text),
              ElementsAre(HasSubstr(":2: is no JSON object"), HasSubstr(":3: is no JSON object"),
                          HasSubstr(":4: a of m was predicted in line 1 already"),
                          HasSubstr(":5: 'instance_id' is no text"), HasSubstr(":6: 'model_name_or_path' is missing"),
                          HasSubstr(":7: 'model_patch' is missing"), HasSubstr(":8: has both")));
  const auto predictions = read(text);
  ASSERT_EQ(predictions.all.size(), 2U);
  EXPECT_EQ(predictions.all[1].patch, "");
}

TEST_F(PredictionsTest, AFileThatIsEmptyOrMissingIsSaid) {
  EXPECT_THAT(errors(""), ElementsAre(HasSubstr("is empty")));
  EXPECT_THAT(read_predictions("/nowhere/p.jsonl").errors[0].text(), HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace hybugs
