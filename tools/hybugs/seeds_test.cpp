#include "tools/hybugs/seeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hybugs {
namespace {

using ::testing::ElementsAre;

TEST(ParseSeeds, TakesACountOrAList) {
  EXPECT_THAT(parse_seeds("3").value(), ElementsAre(0, 1, 2));
  EXPECT_THAT(parse_seeds("3,").value(), ElementsAre(3));
  EXPECT_THAT(parse_seeds("0,7,9-11").value(), ElementsAre(0, 7, 9, 10, 11));
  EXPECT_THAT(parse_seeds("18446744073709551615,").value(), ElementsAre(18446744073709551615U));
}

TEST(ParseSeeds, RefusesAnythingElse) {
  for (const char* text : {"", "0", "-1", "x", "1,,2", "5-3", "1-", "1.5", "99999999999999999999", "0-999999999"}) {
    EXPECT_FALSE(parse_seeds(text)) << text;
  }
}

}  // namespace
}  // namespace hybugs
