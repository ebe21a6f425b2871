#include "tools/exercise/explain.h"

#include <gmock/gmock.h>

#include <limits>

namespace hybugs {
namespace {

using testing::HasSubstr;
using testing::Not;
using Kind = Disagreement::Kind;

Disagreement found(Kind kind, int call, const std::string& expected, const std::string& got) {
  Disagreement disagreement;
  disagreement.kind = kind;
  disagreement.call = call;
  disagreement.output = kind < Kind::exception ? "output 0" : "";
  disagreement.error = std::numeric_limits<double>::infinity();
  disagreement.expected = expected;
  disagreement.got = got;
  return disagreement;
}

TEST(Explain, SaysWhichCallWhatWasExpectedAndWhatCame) {
  auto disagreement = found(Kind::value, 2, "25.6 at [3, 1]", "12.2 at [3, 1]");
  disagreement.error = 88400;
  EXPECT_EQ(explain(disagreement, CaseSpec{}),
            "In call 2 (the third one; calls are counted from 0) output 0 should be 25.6 at [3, 1], but your program "
            "returned 12.2 at [3, 1]: an error of 8.8e+04 times the tolerance. Calls 0 to 1 are right.");
}

TEST(Explain, LeavesOutAnErrorThatIsNoNumber) {
  EXPECT_THAT(explain(found(Kind::value, 0, "'a'", "'b'"), CaseSpec{}), Not(HasSubstr("times the tolerance")));
}

TEST(Explain, NamesAnotherShape) {
  const auto text = explain(found(Kind::shape, 1, "Tensor float32 [2]", "Tensor float32 [3]"), CaseSpec{});
  EXPECT_THAT(text,
              HasSubstr("should be Tensor float32 [2], but your program returned Tensor float32 [3]: another shape."));
  EXPECT_THAT(text, HasSubstr("Call 0 is right."));
}

TEST(Explain, SaysWhatWasThrownAndWhatWasNot) {
  EXPECT_THAT(explain(found(Kind::exception, 0, "returned", "threw c10::Error: no"), CaseSpec{}),
              HasSubstr("your program threw c10::Error: no, where the eager program returned"));
  EXPECT_THAT(explain(found(Kind::no_exception, 0, "threw std::domain_error: negative", "returned"), CaseSpec{}),
              HasSubstr("your program returned, where the eager program threw std::domain_error: negative"));
}

TEST(Explain, SaysHowLongItWaited) {
  CaseSpec settings;
  settings.timeout_s = 1.5;
  EXPECT_THAT(
      explain(found(Kind::hang, 3, "returned", "ran into the time limit"), settings),
      HasSubstr("In call 3 (the fourth one; calls are counted from 0) your program does not come back within 1.5 s"));
}

TEST(Explain, KnowsTheConstructorAndLateCalls) {
  EXPECT_THAT(explain(found(Kind::crash, kConstruct, "was constructed", "crashed by SIGSEGV"), CaseSpec{}),
              HasSubstr("While the program is constructed the process of your program crashed by SIGSEGV"));
  EXPECT_THAT(explain(found(Kind::count, 11, "3 outputs", "2 outputs"), CaseSpec{}), HasSubstr("the 12th one"));
}

TEST(Explain, ALaterSeedSaysThatEarlierOnesAgree) {
  const auto disagreement = found(Kind::value, 0, "1", "2");
  EXPECT_THAT(explain(disagreement, CaseSpec{}, 3), HasSubstr("With other inputs (seed 3; the seeds before agree)"));
  EXPECT_EQ(explain(disagreement, CaseSpec{}, 0), explain(disagreement, CaseSpec{}));
}

}  // namespace
}  // namespace hybugs
