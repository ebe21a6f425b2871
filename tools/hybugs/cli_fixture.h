// Starts the command line program in a folder of its own, for black box tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "harness/exec/candidate_sandbox.h"
#include "harness/exec/spawn.h"

namespace hybugs {

namespace fs = std::filesystem;
using nlohmann::json;

inline constexpr const char* kMiniature = HYBUGS_SOURCE_DIR "/harness/testdata/corpus";

class CliTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / ("hybugs-" + std::string(test->name()) + "-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    mark_ = folder_.filename().string();
  }
  void TearDown() override { fs::remove_all(folder_); }

  Command command(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), HYBUGS_BINARY);
    return {arguments, {{"HYBUGS_TEST_MARK", mark_}}, {}, "", true};
  }

  CommandOutput hybugs(const std::vector<std::string>& arguments) const {
    const auto output = run_command(command(arguments), 300);
    EXPECT_TRUE(output) << output.error().text();
    EXPECT_FALSE(output->timed_out);
    return output ? *output : CommandOutput{};
  }

  CommandOutput miniature(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--cases", kMiniature});
    return hybugs(arguments);
  }

  std::string output_folder() const { return (folder_ / "results").string(); }

  // Processes that carry this test's mark in their environment.
  int marked_processes() const {
    int count = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
      std::ifstream file(entry.path() / "environ", std::ios::binary);
      const std::string environment(std::istreambuf_iterator<char>(file), {});
      count += environment.find("HYBUGS_TEST_MARK=" + mark_) != std::string::npos;
    }
    return count;
  }

  bool all_gone_soon() const {
    for (int i = 0; i < 100; ++i) {
      if (marked_processes() == 0) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
  }

  std::vector<json> result_lines() const {
    std::vector<json> lines;
    std::ifstream file(output_folder() + "/results.jsonl");
    for (std::string line; std::getline(file, line);) {
      auto parsed = json::parse(line, nullptr, false);
      if (parsed.is_object()) lines.push_back(std::move(parsed));
    }
    return lines;
  }

  void wait_for_results(std::size_t count) const {
    for (int i = 0; i < 1200 && result_lines().size() < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ASSERT_GE(result_lines().size(), count);
  }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  fs::path folder_;
  std::string mark_;
};

/// Where nothing can be judged, its tests are skipped with the reason.
class CandidateTest : public CliTest {
 protected:
  void SetUp() override {
    CliTest::SetUp();
    const auto sandbox = CandidateSandbox::probe();
    if (sandbox.level() == CandidateLevel::weak) GTEST_SKIP() << "no user namespaces here: " << sandbox.reason();
  }
};

}  // namespace hybugs
