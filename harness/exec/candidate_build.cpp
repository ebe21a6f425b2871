#include "harness/exec/candidate_build.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "harness/exec/hashing.h"
#include "harness/exec/spawn.h"
#include "harness/exec/toolchain.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

constexpr double kCompileSeconds = 120;
constexpr std::int64_t kCompileMemory = 4LL << 30;
constexpr int kCompileCpuSeconds = 60;
constexpr double kPatchSeconds = 20;
constexpr std::int64_t kLargestLibrary = 64LL << 20;
constexpr std::int64_t kLargestHeader = 1LL << 30;
constexpr std::size_t kLargestLog = 64 << 10;

EvaluationVerdict refusal(EvaluationStatus status, const std::string& evidence) {
  return {status, evidence, std::nullopt};
}

Unexpected failure(const std::string& path, const std::string& message, const std::string& hint) {
  return Unexpected(Error{path, 0, message, hint});
}

bool copy_file_to(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  return !error;
}

bool write_text(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file << text;
  return file.good();
}

// The sandbox has no place that can be written from inside and seen from outside: the log and the file $result come
// through the pipe, after a line with their sizes.
constexpr const char* kSendBack = R"SH(
[ "$status" -eq 0 ] || : > "$result"
head -c 65536 log > head
printf 'sandboxed %d %d %d\n' "$status" "$(stat -c %s head)" "$(stat -c %s "$result")"
cat head "$result"
)SH";

// All hunks go to one file. Even so patch(1) may hand what looks like an ed script to ed: it does so in the sandbox.
constexpr const char* kPatchScript = R"SH(
patch --unified --forward --batch --read-only=ignore --reject-file=rejected --output=result "$1" "$2" > log 2>&1
status=$?; result=result
[ ! -e rejected ] || cat rejected >> log
)SH";

constexpr const char* kCompileScript = R"SH(
"$@" > log 2>&1; status=$?; result=output
)SH";

struct SandboxedOutput {
  int status = -1;
  std::string log;
  std::string result;
};

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> names_in(const std::string& line) {
  static const RE2 kOldNew(R"((?:---|\+\+\+) ([^\t\r\n]*).*)");
  static const RE2 kGit(R"(diff --git (\S+) (\S+)\s*)");
  static const RE2 kMoved(R"((?:rename|copy) (?:from|to) ([^\r\n]*))");
  std::string one;
  std::string two;
  if (RE2::FullMatch(line, kGit, &one, &two)) return {one, two};
  if (RE2::FullMatch(line, kOldNew, &one) || RE2::FullMatch(line, kMoved, &one)) return {one};
  return {};
}

}  // namespace

std::vector<std::string> files_of_patch(const std::string& patch) {
  std::vector<std::string> files;
  std::istringstream lines(patch);
  int left_old = 0;  // lines of the hunk that are still to come: a removed line may look like a header
  int left_new = 0;
  static const RE2 kHunk(R"(@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@)");
  for (std::string line; std::getline(lines, line);) {
    if (left_old > 0 || left_new > 0) {
      const char kind = line.empty() ? ' ' : line[0];
      if (kind == '-' || kind == ' ') --left_old;
      if (kind == '+' || kind == ' ') --left_new;
      continue;
    }
    std::string old_size;
    std::string new_size;
    if (RE2::PartialMatch(line, kHunk, &old_size, &new_size)) {
      left_old = old_size.empty() ? 1 : std::atoi(old_size.c_str());
      left_new = new_size.empty() ? 1 : std::atoi(new_size.c_str());
      continue;
    }
    for (std::string name : names_in(line)) {
      if (name.rfind("a/", 0) == 0 || name.rfind("b/", 0) == 0) name = name.substr(2);
      if (name.rfind("./", 0) == 0) name = name.substr(2);
      while (!name.empty() && (name.back() == ' ' || name.back() == '\r')) name.pop_back();
      if (name != "/dev/null" && std::find(files.begin(), files.end(), name) == files.end()) files.push_back(name);
    }
  }
  return files;
}

std::optional<EvaluationVerdict> refuse_patch(const Prediction& prediction) {
  const std::string& text = prediction.whole_file ? prediction.file : prediction.patch;
  if (text.size() > kLargestPatch) {
    return refusal(EvaluationStatus::rejected, fmt::format("has {} bytes, at most {}", text.size(), kLargestPatch));
  }
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return refusal(EvaluationStatus::not_applied, prediction.whole_file ? "the file is empty" : "the patch is empty");
  }
  if (prediction.whole_file) return std::nullopt;
  for (const std::string& file : files_of_patch(text)) {
    if (file == "hybrid.cpp") continue;
    return refusal(EvaluationStatus::rejected, "touches " + file + "; only hybrid.cpp may change");
  }
  static const RE2 kAnyHunk(R"((?m)^@@ -\d+)");
  if (!RE2::PartialMatch(text, kAnyHunk)) {
    const bool binary =
        text.find("GIT binary patch") != std::string::npos || text.find("\nBinary files ") != std::string::npos;
    return binary ? refusal(EvaluationStatus::rejected, "is a binary patch")
                  : refusal(EvaluationStatus::not_applied, "has no hunk of a unified diff");
  }
  if (text.find("GIT binary patch") != std::string::npos || text.find("\nBinary files ") != std::string::npos) {
    return refusal(EvaluationStatus::rejected, "is a binary patch");
  }
  return std::nullopt;
}

Result<std::unique_ptr<CandidateStage>> CandidateStage::make(const Paths& paths, const CandidateSandbox& sandbox) {
  std::unique_ptr<CandidateStage> stage(new CandidateStage(paths, sandbox));
  if (const auto known = stage->read_build_description(); !known) return Unexpected(known.error());
  std::string folder = (fs::temp_directory_path() / "hybugs-evaluate-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) {
    return failure(folder, "cannot make a temporary folder", "free some space there, or set TMPDIR");
  }
  stage->folder_ = folder;
  ::chmod(folder.c_str(), 0711);  // candidates run as users of their own
  if (!copy_file_to(paths.host(), folder + "/hybugs/bin/hybugs-host")) {
    return failure(folder, "cannot copy " + paths.host(), "build it, or free some space");
  }
  for (const auto& header : fs::directory_iterator(paths.source + "/harness/sdk")) {
    copy_file_to(header.path(), fs::path(folder) / "hybugs/include/harness/sdk" / header.path().filename());
  }
  return stage;
}

CandidateStage::~CandidateStage() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

Result<void> CandidateStage::read_build_description() {
  const std::string path = paths_.build + "/tools/try/flags-";
  timed_flags_ = lines_of(path + "timed");
  untimed_flags_ = lines_of(path + "untimed");
  compiler_ = cmake_cache_entry(paths_.build, "CMAKE_CXX_COMPILER");
  // <prefix>/share/cmake/Torch; Debian's is part of the system.
  const fs::path torch = cmake_cache_entry(paths_.build, "Torch_DIR");
  if (torch.string().rfind("/usr/", 0) != 0) torch_prefix_ = torch.parent_path().parent_path().parent_path().string();
  if (!compiler_.empty() && !timed_flags_.empty() && !untimed_flags_.empty()) return {};
  return failure(path + "timed", "does not say how a variant is compiled", "configure again: cmake --preset release");
}

std::vector<Mount> CandidateStage::compiler_mounts() const {
  std::vector<Mount> mounts = {{folder_ + "/hybugs", "/hybugs"}};
  if (!torch_prefix_.empty()) mounts.push_back({torch_prefix_, torch_prefix_});
  return mounts;
}

std::string CandidateStage::seen(const std::string& outside, const std::string& inside) const {
  return sandbox_.level() == CandidateLevel::namespaces ? inside : outside;
}

CandidatePaths CandidateStage::paths_of(const CaseSpec& spec, int slot) const {
  return {seen(folder_ + "/hybugs/bin/hybugs-host", "/hybugs/bin/hybugs-host"),
          seen(slot_folder(slot) + "/candidate/hybrid.so", "/candidate/hybrid.so"),
          seen(folder_ + "/cases/" + spec.id + "/reference.so", "/reference/reference.so")};
}

std::string CandidateStage::slot_folder(int slot) const {
  return fmt::format("{}/slots/{}", folder_, slot);
}

namespace {

Result<SandboxedOutput> run_script(const CandidateSandbox& sandbox, const std::string& script,
                                   const std::vector<std::string>& arguments, const std::vector<Mount>& mounts,
                                   const CandidateLimits& limits, double seconds, int slot) {
  std::vector<std::string> command = {"bash", "-c", script + kSendBack, "candidate"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  // Without a mount namespace there is no /tmp of its own.
  std::string folder = "/";
  if (sandbox.level() == CandidateLevel::weak) {
    folder = fs::temp_directory_path() / fmt::format("hybugs-weak-{}-{}", ::getpid(), slot);
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    fs::create_directories(folder, ignored);
  }
  const auto output = run_command({sandbox.wrap(command, {}, mounts, limits, slot), {}, {}, folder, true}, seconds);
  if (!output) return Unexpected(output.error());
  SandboxedOutput result;
  std::istringstream header(output->output.substr(0, output->output.find('\n')));
  std::string word;
  std::size_t log_size = 0;
  std::size_t result_size = 0;
  const bool known = (header >> word >> result.status >> log_size >> result_size) && word == "sandboxed";
  const std::size_t begin = output->output.find('\n') + 1;
  if (!known || output->output.size() - begin != log_size + result_size) {
    result.status = output->timed_out ? 124 : 125;
    result.log = output->output.substr(0, kLargestLog);
    return result;
  }
  result.log = output->output.substr(begin, log_size);
  result.result = output->output.substr(begin + log_size);
  return result;
}

}  // namespace

const std::vector<std::string>& CandidateStage::flags_of(const CaseSpec& spec) const {
  return is_timed(spec) ? timed_flags_ : untimed_flags_;
}

std::string CandidateStage::precompiled_header(const CaseSpec& spec) {
  return is_timed(spec) ? "/hybugs/timed.pch" : "/hybugs/untimed.pch";
}

// The time stamps of headers are left out of it, so that it fits copies of them.
Result<void> CandidateStage::make_precompiled_header(const CaseSpec& spec) const {
  const fs::path target = folder_ + precompiled_header(spec);
  // Others, and compilers that see another folder each time, are slow without one, and right.
  const bool used = compiler_.find("clang") != std::string::npos && sandbox_.level() == CandidateLevel::namespaces;
  if (!used || fs::exists(target)) return {};
  Hash hash;
  hash.add_file("host", paths_.host());
  for (const auto& header : fs::directory_iterator(folder_ + "/hybugs/include/harness/sdk")) {
    hash.add_file("header", header.path().string());
  }
  const std::vector<std::string>& flags = flags_of(spec);
  for (const std::string& flag : flags) hash.add("flag", flag);
  const fs::path kept = fs::path(paths_.build) / "evaluate" / (hash.hex() + ".pch");
  if (copy_file_to(kept, target)) return {};
  std::vector<std::string> arguments = {compiler_};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  arguments.insert(arguments.end(),
                   {"-I/hybugs/include", "-fpch-instantiate-templates", "-Xclang", "-fno-pch-timestamp", "-x",
                    "c++-header", "/hybugs/include/harness/sdk/program.h", "-o", "output"});
  CandidateLimits limits;
  limits.file_bytes = kLargestHeader;
  limits.temporary_bytes = kLargestHeader;
  const auto output =
      run_script(sandbox_, kCompileScript, arguments, compiler_mounts(), limits, 10 * kCompileSeconds, 0);
  if (!output) return Unexpected(output.error());
  if (output->status != 0)
    return failure("", "the SDK does not compile in the sandbox: " + output->log, "run `hybugs doctor`");
  const fs::path fresh = kept.string() + fmt::format(".{}", ::getpid());
  std::error_code error;
  if (!write_text(fresh, output->result)) return failure(fresh.string(), "cannot write", "free some space");
  fs::rename(fresh, kept, error);
  if (error || !copy_file_to(kept, target)) return failure(kept.string(), "cannot write", "free some space");
  return {};
}

Result<void> CandidateStage::add_case(const CaseSpec& spec) const {
  if (const auto made = make_precompiled_header(spec); !made) return made;
  const fs::path place = fs::path(folder_) / "cases" / spec.id;
  if (copy_file_to(spec.folder + "/program.h", place / "program.h") &&
      copy_file_to(paths_.library(spec.id, "buggy"), place / "reference.so")) {
    return {};
  }
  return failure(place.string(), "cannot copy the files of " + spec.id, "free some space, or set TMPDIR");
}

PatchedProgram CandidateStage::apply(const Prediction& prediction, const std::string& hybrid, int slot) const {
  if (auto refused = refuse_patch(prediction)) return {"", refused};
  if (prediction.whole_file) return {prediction.file, std::nullopt};
  const fs::path place = fs::path(slot_folder(slot)) / "patch";
  write_text(place / "hybrid.cpp", hybrid);
  write_text(place / "patch", prediction.patch);
  const auto output = run_script(
      sandbox_, kPatchScript, {seen(place / "hybrid.cpp", "/input/hybrid.cpp"), seen(place / "patch", "/input/patch")},
      {{place.string(), "/input"}}, {}, kPatchSeconds, slot);
  if (!output) return {"", refusal(EvaluationStatus::harness_error, output.error().text())};
  if (output->status != 0 || output->result.empty()) {
    const std::string why = output->log.empty() ? "patch found no hunk" : output->log;
    return {"", refusal(EvaluationStatus::not_applied, why)};
  }
  return {output->result, std::nullopt};
}

CompiledProgram CandidateStage::compile(const CaseSpec& spec, const std::string& hybrid, int slot) const {
  CompiledProgram compiled;
  const fs::path place = slot_folder(slot);
  std::error_code ignored;
  fs::remove_all(place / "candidate", ignored);
  if (!write_text(place / "task" / "hybrid.cpp", hybrid) ||
      !copy_file_to(fs::path(folder_) / "cases" / spec.id / "program.h", place / "task" / "program.h")) {
    compiled.refusal = refusal(EvaluationStatus::harness_error, "cannot write to " + place.string());
    return compiled;
  }
  std::vector<std::string> arguments = {compiler_};
  const std::vector<std::string>& flags = flags_of(spec);
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  arguments.push_back("-I" + seen(folder_ + "/hybugs/include", "/hybugs/include"));
  if (fs::exists(folder_ + precompiled_header(spec))) {
    arguments.insert(arguments.end(), {"-include-pch", precompiled_header(spec)});
  }
  const std::string stamp = "/hybugs/include/harness/sdk/stamp.h";
  // LibTorch is in the host already: the library names none.
  arguments.insert(arguments.end(), {"-include", seen(folder_ + stamp, stamp), "-w", "-g0", "-shared", "-fuse-ld=mold",
                                     seen(place / "task" / "hybrid.cpp", "/task/hybrid.cpp"), "-o", "output"});
  std::vector<Mount> mounts = compiler_mounts();
  mounts.push_back({(place / "task").string(), "/task"});
  CandidateLimits limits;
  limits.cpu_seconds = kCompileCpuSeconds;
  limits.file_bytes = kLargestLibrary;
  limits.temporary_bytes = 2 * kLargestLibrary;
  limits.address_space = kCompileMemory;
  const auto output = run_script(sandbox_, kCompileScript, arguments, mounts, limits, kCompileSeconds, slot);
  if (!output) {
    compiled.refusal = refusal(EvaluationStatus::harness_error, output.error().text());
    return compiled;
  }
  compiled.log = output->log;
  if (output->status != 0) {
    const std::string why = output->status == 124 ? fmt::format("compiling takes more than {} s", kCompileSeconds)
                                                  : first_error_line(output->log);
    compiled.refusal = refusal(EvaluationStatus::not_compiled, why);
    return compiled;
  }
  compiled.library = (place / "candidate" / "hybrid.so").string();
  if (!write_text(compiled.library, output->result)) {
    compiled.refusal = refusal(EvaluationStatus::harness_error, "cannot write " + compiled.library);
  }
  return compiled;
}

Wrap CandidateStage::wrap_host(const CaseSpec& spec, int slot) const {
  std::vector<Mount> mounts = compiler_mounts();
  mounts.push_back({slot_folder(slot) + "/candidate", "/candidate"});
  mounts.push_back({folder_ + "/cases/" + spec.id + "/reference.so", "/reference/reference.so"});
  return [sandbox = sandbox_, mounts, slot](const std::vector<std::string>& arguments, const Environment& environment) {
    return sandbox.wrap(arguments, environment, mounts, {}, slot);
  };
}

}  // namespace hybugs
