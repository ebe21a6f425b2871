#include "tools/hybugs/task.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/io/files.h"
#include "harness/report/text.h"
#include "tools/hybugs/case_template.h"
#include "tools/try/settings.h"

namespace hybugs {
namespace {

constexpr int kWidth = 120;
constexpr const char* kScript = "try";

std::string without_line_end(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string symptom_text(Symptom symptom) {
  switch (symptom) {
    case Symptom::wrong_result:
      return "In short: the hybrid program returns something else than the eager one.";
    case Symptom::exception:
      return "In short: the hybrid program throws where the eager one returns.";
    case Symptom::crash:
      return "In short: the process dies in the hybrid program.";
    case Symptom::hang:
      return "In short: the hybrid program doesn't come back.";
    case Symptom::slow:
      return "In short: what the hybrid program returns is right, but it takes longer than it should.";
    case Symptom::memory:
      return "In short: what the hybrid program returns is right, but its memory grows with every call.";
    case Symptom::no_graph:
      return "In short: what the hybrid program returns is right, but it runs no graph.";
  }
  return "";
}

// What `try` can't decide.
std::string limits_text(Symptom symptom) {
  const bool agrees_already = symptom == Symptom::slow || symptom == Symptom::memory || symptom == Symptom::no_graph;
  if (!agrees_already) return "";
  std::string text = "All seeds agree before the repair already, so 0 says only that the values stay right.";
  if (symptom == Symptom::slow) text += " Behind the seeds it prints the time of a call, roughly, as a hint.";
  if (symptom == Symptom::memory) text += " For each seed it prints by how much the heap grows with a call.";
  return "\n\n" + without_line_end(wrap(text, kWidth));
}

std::string page(const CaseSpec& spec, const std::string& text) {
  return fill_template(text, {{"TASK", without_line_end(wrap(spec.task, kWidth))},
                              {"SYMPTOM", symptom_text(spec.symptom)},
                              {"TIMEOUT", fmt::format("{:g}", spec.timeout_s)},
                              {"MEMORY", fmt::format("{:g}", spec.memory_mb)},
                              {"LIMITS", limits_text(spec.symptom)}});
}

}  // namespace

Result<std::string> task_hybrid(const CaseSpec& spec) {
  return read_file(spec.folder + "/buggy.cpp");
}

Result<TaskFiles> task_files(const CaseSpec& spec, const std::string& templates) {
  auto files = task_frame(spec, templates);
  if (!files) return files;
  auto hybrid = task_hybrid(spec);
  if (!hybrid) return Unexpected(hybrid.error());
  auto program = read_file(spec.folder + "/program.h");
  if (!program) return Unexpected(program.error());
  (*files)["hybrid.cpp"] = std::move(*hybrid);
  (*files)["program.h"] = std::move(*program);
  return files;
}

Result<TaskFiles> task_frame(const CaseSpec& spec, const std::string& templates) {
  const auto text = read_file(templates + "/TASK.md");
  if (!text) return Unexpected(text.error());
  const auto script = read_file(templates + "/" + kScript);
  if (!script) return Unexpected(script.error());
  return TaskFiles{
      {"TASK.md", page(spec, *text)}, {"task.json", settings_json(spec).dump(2) + "\n"}, {kScript, *script}};
}

Result<void> write_task(const TaskFiles& files, const std::string& folder) {
  namespace fs = std::filesystem;
  for (const auto& [name, text] : files) {
    const std::string path = folder + "/" + name;
    if (const auto written = write_file(path, text); !written) return written;
    if (name != kScript) continue;
    std::error_code code;
    fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add,
                    code);
    if (code) return Unexpected(Error{path, 0, "cannot be made executable: " + code.message(), ""});
  }
  return {};
}

}  // namespace hybugs
