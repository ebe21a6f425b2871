#include "tools/hybugs/case_filter.h"

#include <gmock/gmock.h>

namespace hybugs {
namespace {

using testing::HasSubstr;

CaseSpec case_of(const std::string& id, const std::string& mechanism, Symptom symptom, const std::string& category) {
  CaseSpec spec;
  spec.id = id;
  spec.mechanism = mechanism;
  spec.symptom = symptom;
  spec.study.category = category;
  return spec;
}

struct Example {
  CaseFilter filter;
  bool expected;
};

class Matches : public testing::TestWithParam<Example> {};

TEST_P(Matches, EveryListThatIsGiven) {
  const CaseSpec spec = case_of("tf-pwa-0db1b0b", "shape-baked", Symptom::exception, "API Misuse");
  EXPECT_EQ(matches(GetParam().filter, spec), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Filters, Matches,
                         testing::Values(Example{{}, true},                                            // nothing asked
                                         Example{{{"shape-baked"}, {}, {}, {}}, true},                 //
                                         Example{{{"value-baked"}, {}, {}, {}}, false},                //
                                         Example{{{"value-baked", "shape-baked"}, {}, {}, {}}, true},  // one of them
                                         Example{{{"shape-baked"}, {"crash"}, {}, {}}, false},         // both lists
                                         Example{{{"shape-baked"}, {"exception"}, {}, {}}, true},      //
                                         Example{{{}, {}, {"api misuse"}, {}}, true},      // case doesn't count
                                         Example{{{}, {}, {"Performance"}, {}}, false},    //
                                         Example{{{}, {}, {}, {"pwa"}}, true},             // a part
                                         Example{{{}, {}, {}, {"tf-pwa-0db1b0b"}}, true},  //
                                         Example{{{}, {}, {}, {"pwa*"}}, false},           // a pattern is for all of it
                                         Example{{{}, {}, {}, {"tf-*"}}, true},            //
                                         Example{{{}, {}, {}, {"*-0db1b0?"}}, true},       //
                                         Example{{{}, {}, {}, {"[a-s]*"}}, false}));

TEST(UnknownWords, AreNamedWithWhatWasMeant) {
  const Errors errors = unknown_words({{"shape-backed"}, {"slwo"}, {"API Missuse"}, {}});
  ASSERT_EQ(errors.size(), 3U);
  EXPECT_EQ(errors[0].message, "unknown mechanism 'shape-backed', did you mean 'shape-baked'?");
  EXPECT_EQ(errors[1].message, "unknown symptom 'slwo', did you mean 'slow'?");
  EXPECT_EQ(errors[2].message, "unknown category 'API Missuse', did you mean 'API Misuse'?");
  EXPECT_THAT(errors[1].hint, HasSubstr("wrong_result, exception"));
}

TEST(UnknownWords, AreNoneAmongKnownOnes) {
  EXPECT_TRUE(unknown_words({{"shape-baked"}, {"slow"}, {"performance"}, {"anything"}}).empty());
}

}  // namespace
}  // namespace hybugs
