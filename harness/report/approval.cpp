#include "harness/report/approval.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>

namespace hybugs {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string output_of(const std::string& command) {
  std::string output;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return "cannot run " + command;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), size);
  ::pclose(pipe);
  return output;
}

}  // namespace

void expect_approved(const std::string& name, const std::string& text) {
  const std::string approved = std::string(HYBUGS_SOURCE_DIR "/harness/report/approved/") + name;
  const std::string received = testing::TempDir() + name + ".received";
  if (text == content_of(approved)) return;
  std::ofstream(received, std::ios::binary) << text;
  ADD_FAILURE() << name << " differs from what was approved (-), now (+):\n"
                << output_of("diff -uN '" + approved + "' '" + received + "' 2>&1")
                << "If the new text is right:\n  cp '" << received << "' '" << approved << "'\n";
}

}  // namespace hybugs
