#include "harness/exec/proof.h"

#include <gtest/gtest.h>

namespace hybugs {
namespace {

TEST(ProofPlan, IsTheDesigns) {
  const ProofPlan quick = plan_of(Symptom::exception, ProofLevel::quick);
  EXPECT_EQ(quick.seeds, 3);
  EXPECT_EQ(quick.repetitions, 0);
  const ProofPlan full = plan_of(Symptom::wrong_result, ProofLevel::full);
  EXPECT_EQ(full.seeds, 20);
  EXPECT_EQ(full.repeated_seeds, 2);
  EXPECT_EQ(full.repetitions, 10);
  for (Symptom symptom : {Symptom::crash, Symptom::hang}) {
    const ProofPlan plan = plan_of(symptom, ProofLevel::full);
    EXPECT_EQ(plan.seeds, 5);
    EXPECT_EQ(plan.repeated_seeds, 5);
    EXPECT_EQ(plan.repetitions, 3);
  }
  EXPECT_EQ(plan_of(Symptom::slow, ProofLevel::full).timings, 3);
}

TEST(Proof, PassesOnlyWhenEveryStepDoes) {
  Proof proof;
  proof.steps = {{"one", true, ""}, {"two", true, ""}};
  EXPECT_TRUE(proof.passed());
  proof.harness_error = true;
  EXPECT_FALSE(proof.passed());
  proof.harness_error = false;
  proof.steps.push_back({"three", false, ""});
  EXPECT_FALSE(proof.passed());
}

}  // namespace
}  // namespace hybugs
