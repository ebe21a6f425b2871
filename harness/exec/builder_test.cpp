#include "harness/exec/builder.h"

#include <gtest/gtest.h>

namespace hybugs {
namespace {

TEST(FirstErrorLine, FindsCompilerLinkerAndCMakeErrors) {
  EXPECT_EQ(first_error_line("[1/2] Building\na.cpp:3:1: warning: x\na.cpp:7:2: error: no type\nmore error: y\n"),
            "a.cpp:7:2: error: no type");
  EXPECT_EQ(first_error_line("FAILED: x.so\nmold: error: undefined symbol: f\n"), "mold: error: undefined symbol: f");
  EXPECT_EQ(first_error_line("CMake Error at CMakeLists.txt:1\n"), "CMake Error at CMakeLists.txt:1");
  EXPECT_EQ(first_error_line("FAILED: x.so\nkilled\n"), "FAILED: x.so");
  EXPECT_EQ(first_error_line(""), "the build failed without an error line");
}

}  // namespace
}  // namespace hybugs
