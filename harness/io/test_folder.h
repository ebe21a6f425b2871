// A temporary folder with files, for the tests of io/.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace hybugs {

/// Removed with all that is in it at the end of the test.
class TestFolder {
 public:
  TestFolder() {
    std::string name = testing::TempDir() + "hybugs_XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(std::filesystem::path(file(name)).parent_path());
    std::ofstream(file(name), std::ios::binary) << text;
  }

  std::string read(const std::string& name) const {
    std::ifstream stream(file(name), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  }

  /// Makes all that is in the folder look as if it was written an hour ago.
  void age(const std::string& name = ".") const {
    const auto then = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(file(name))) {
      std::filesystem::last_write_time(entry.path(), then);
    }
    std::filesystem::last_write_time(file(name), then);
  }

 private:
  std::string path_;
};

/// A valid case.yaml; tests change one line of it.
inline const std::string kValidCase =
    "title: A title\n"
    "source: {kind: commit, project: owner/name, commit: 0123456789abcdef0123456789abcdef01234567, date: 2020-08-13}\n"
    "study: {category: API Misuse, cause: Use of graph mode, symptom: Unexpected behavior, fix: Use tf.function}\n"
    "mechanism: shape-baked\n"
    "graph: trace\n"
    "symptom: wrong_result\n"
    "failure: {call: 2, output: 1}\n"
    "task: The task\n"
    "story: The story\n"
    "lesson: The lesson\n"
    "faithfulness: {level: high, note: The same}\n";

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

inline void write_case(const TestFolder& folder, const std::string& id, const std::string& yaml = kValidCase) {
  folder.write(id + "/case.yaml", yaml);
  folder.write(id + "/program.h", "");
  folder.write(id + "/buggy.cpp", "");
  folder.write(id + "/fixed.cpp", "");
}

}  // namespace hybugs
