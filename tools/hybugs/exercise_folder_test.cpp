#include "tools/hybugs/exercise_folder.h"

#include <gmock/gmock.h>

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::Ne;
using testing::SizeIs;

struct Cases {
  std::vector<CaseSpec> specs;

  explicit Cases(const std::vector<std::pair<std::string, int>>& ids) {
    for (const auto& [id, difficulty] : ids) {
      CaseSpec& spec = specs.emplace_back();
      spec.id = id;
      spec.difficulty = difficulty;
    }
  }

  std::vector<std::string> ordered(std::optional<std::uint64_t> seed = {}, std::size_t count = 0) const {
    std::vector<const CaseSpec*> all;
    for (const CaseSpec& spec : specs) all.push_back(&spec);
    std::vector<std::string> ids;
    for (const CaseSpec* spec : order_of_tasks(all, seed, count)) ids.push_back(spec->id);
    return ids;
  }
};

TEST(OrderOfTasks, EasyOnesComeFirst) {
  EXPECT_THAT(Cases({{"d", 3}, {"c", 1}, {"b", 2}, {"a", 1}}).ordered(), ElementsAre("a", "c", "b", "d"));
}

TEST(OrderOfTasks, ASeedDrawsTheOrderWithinADifficulty) {
  const Cases cases({{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}, {"f", 1}, {"z", 2}});
  EXPECT_EQ(cases.ordered(7), cases.ordered(7));
  EXPECT_THAT(cases.ordered(7), Ne(cases.ordered(8)));
  EXPECT_EQ(cases.ordered(7).back(), "z");
}

TEST(OrderOfTasks, TakesOnlySoMany) {
  const Cases cases({{"a", 1}, {"b", 2}, {"c", 3}});
  EXPECT_THAT(cases.ordered({}, 2), ElementsAre("a", "b"));
  EXPECT_THAT(cases.ordered(3, 2), SizeIs(2));
  EXPECT_THAT(cases.ordered({}, 9), SizeIs(3));
}

}  // namespace
}  // namespace hybugs
