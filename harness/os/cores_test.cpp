#include "harness/os/cores.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "harness/os/process_tree.h"

namespace hybugs {
namespace {

TEST(CoresOfQuota, AreRoundedUp) {
  EXPECT_EQ(cores_of_quota("200000 100000"), 2);
  EXPECT_EQ(cores_of_quota("150000 100000"), 2);
  EXPECT_EQ(cores_of_quota("10000 100000"), 1);
}

TEST(CoresOfQuota, AreNotKnownWithoutOne) {
  EXPECT_EQ(cores_of_quota("max 100000"), std::nullopt);
  EXPECT_EQ(cores_of_quota(""), std::nullopt);
  EXPECT_EQ(cores_of_quota("0 100000"), std::nullopt);
}

class GrantedCores : public testing::Test {
 protected:
  void SetUp() override { TearDown(); }
  void TearDown() override {
    ::unsetenv("SLURM_CPUS_PER_TASK");
    ::unsetenv("SLURM_CPUS_ON_NODE");
  }
};

TEST_F(GrantedCores, AreNoMoreThanTheSchedulerGives) {
  EXPECT_GE(granted_cores(), 1);
  EXPECT_LE(granted_cores(), static_cast<int>(allowed_cpus().size()));
  ::setenv("SLURM_CPUS_PER_TASK", "99999", 1);
  EXPECT_LE(granted_cores(), static_cast<int>(allowed_cpus().size()));
}

TEST_F(GrantedCores, AreWhatSlurmSays) {
  ::setenv("SLURM_CPUS_ON_NODE", "99999", 1);
  ::setenv("SLURM_CPUS_PER_TASK", "1", 1);
  EXPECT_EQ(granted_cores(), 1);
}

}  // namespace
}  // namespace hybugs
