#include "harness/core/case_spec.h"

#include <gmock/gmock.h>

namespace hybugs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(CaseSpec, WrongVariantsAreNamedSo) {
  CaseSpec spec;
  spec.variants = {"buggy", "fixed", "not_wrong_", "wrong_first", "wrong_second"};
  EXPECT_THAT(spec.wrong_variants(), ElementsAre("wrong_first", "wrong_second"));
  spec.variants = {"buggy", "fixed"};
  EXPECT_THAT(spec.wrong_variants(), IsEmpty());
}

struct RangeCase {
  const char* version;
  const char* range;
  bool inside;
};

class VersionInRange : public testing::TestWithParam<RangeCase> {};

TEST_P(VersionInRange, Compares) {
  const RangeCase& param = GetParam();
  EXPECT_EQ(version_in_range(param.version, param.range), param.inside) << param.version << " in " << param.range;
}

INSTANTIATE_TEST_SUITE_P(Comparisons, VersionInRange,
                         testing::Values(RangeCase{"1.13.1", "<2.0", true}, RangeCase{"2.0", "<2.0", false},
                                         RangeCase{"2.0", "<=2.0", true}, RangeCase{"1.13.1", "<=2.0", true},
                                         RangeCase{"2.0.1", "<=2.0", false}, RangeCase{"2.6.0", ">=2.6", true},
                                         RangeCase{"2.5.9", ">=2.6", false}, RangeCase{"2.6.1", ">2.6", true},
                                         RangeCase{"2.6.0", ">2.6", false}, RangeCase{"2.14.1", "==2.14.1", true},
                                         RangeCase{"2.14.2", "==2.14.1", false}));

INSTANTIATE_TEST_SUITE_P(ComponentsAreNumbers, VersionInRange,
                         testing::Values(RangeCase{"2.14", ">2.6", true}, RangeCase{"2.6", "<2.14", true},
                                         RangeCase{"10.0", ">9.9", true}, RangeCase{"2.06", "==2.6", true}));

INSTANTIATE_TEST_SUITE_P(MissingComponentsAreZero, VersionInRange,
                         testing::Values(RangeCase{"2.6", "==2.6.0", true}, RangeCase{"2.6.0.0", "==2.6", true},
                                         RangeCase{"2.6", "<2.6.0", false}));

INSTANTIATE_TEST_SUITE_P(BothEnds, VersionInRange,
                         testing::Values(RangeCase{"2.6", ">=2.6,<2.14", true}, RangeCase{"2.14", ">=2.6,<2.14", false},
                                         RangeCase{"2.5", ">=2.6,<2.14", false},
                                         RangeCase{"2.7", " >= 2.6 , < 2.14 ", true}));

INSTANTIATE_TEST_SUITE_P(Suffixes, VersionInRange,
                         testing::Values(RangeCase{"2.6.0+cpu", "==2.6", true},
                                         RangeCase{"2.7.0a0+git12", ">=2.7", true}));

INSTANTIATE_TEST_SUITE_P(MalformedContainsNothing, VersionInRange,
                         testing::Values(RangeCase{"2.6", "", false}, RangeCase{"2.6", "2.6", false},
                                         RangeCase{"2.6", ">=2.6,", false}, RangeCase{"2.6", ">=2.6,nonsense", false},
                                         RangeCase{"unknown", ">=0", false}, RangeCase{"", ">=0", false}));

TEST(VersionRange, IsWellFormed) {
  for (const char* range : {"<2.0", "<=2", ">2.6", ">=2.6", "==2.14.1", ">=2.6,<2.14", " >= 2.6 , <3 "}) {
    EXPECT_TRUE(is_version_range(range)) << range;
  }
}

TEST(VersionRange, IsMalformed) {
  for (const char* range : {"", " ", "2.0", "=2.0", "!=2.0", "<", "<2.", "<.2", "<2.0 >1", "<2.0,", ",<2.0", "<2.0,,<3",
                            "<two", "<2.0\n>1", "<1.2.3.4.5", "<99999999999999999999", "<-1", "=>2"}) {
    EXPECT_FALSE(is_version_range(range)) << range;
  }
}

TEST(ExpectedVerdict, IsReproducedWhereNothingElseIsSaid) {
  EXPECT_EQ(expected_verdict(CaseSpec(), "1.13.1"), Verdict::reproduced);
}

TEST(ExpectedVerdict, IsThatOfTheFirstRangeThatHoldsTheVersion) {
  CaseSpec spec;
  spec.expect = {{"<2.0", Verdict::not_reproduced, "no fusion"}, {"<2.14", Verdict::unsupported, "not ported"}};
  EXPECT_EQ(expected_verdict(spec, "1.13.1"), Verdict::not_reproduced);
  EXPECT_EQ(expected_verdict(spec, "2.6.0"), Verdict::unsupported);
  EXPECT_EQ(expected_verdict(spec, "2.14.1"), Verdict::reproduced);
}

}  // namespace
}  // namespace hybugs
