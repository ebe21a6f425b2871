#include "tools/hybugs/grading.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "harness/core/vocabulary.h"
#include "harness/io/evaluation_results.h"
#include "harness/io/files.h"
#include "tools/hybugs/task.h"

namespace hybugs {

using nlohmann::json;

Result<std::vector<StudentGrade>> first_grades(const Corpus& corpus, const std::vector<Submission>& submissions,
                                               const std::vector<std::string>& tasks) {
  std::map<std::string, std::string> start;
  for (const std::string& id : tasks) {
    auto text = task_hybrid(*corpus.find(id));
    if (!text) return Unexpected(text.error());
    start[id] = std::move(*text);
  }
  std::vector<StudentGrade> grades;
  for (const Submission& submission : submissions) {
    StudentGrade& grade = grades.emplace_back();
    grade.submission = submission;
    for (const std::string& id : tasks) {
      const auto file = submission.files.find(id);
      const bool missing = file == submission.files.end();
      const bool unchanged = !missing && file->second == start[id];
      grade.tasks.push_back({id, missing ? "missing" : unchanged ? "unchanged" : "unjudged", "", false});
    }
  }
  return grades;
}

std::string predictions_text(const std::vector<StudentGrade>& grades) {
  std::string text;
  for (const StudentGrade& grade : grades) {
    for (const TaskGrade& task : grade.tasks) {
      if (task.status != "unjudged") continue;
      const json line = {{"instance_id", task.id},
                         {"model_name_or_path", grade.submission.student},
                         {"model_file", grade.submission.files.at(task.id)}};
      text += line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    }
  }
  return text;
}

Result<void> take_verdicts(const std::string& folder, std::vector<StudentGrade>& grades) {
  const std::string path = folder + "/report.json";
  const auto text = read_file(path);
  if (!text) return Unexpected(text.error());
  const auto evaluation = evaluation_from_json(json::parse(*text, nullptr, false));
  if (!evaluation) return Unexpected(Error{path, 0, evaluation.error().message, evaluation.error().hint});
  if (evaluation->is_void()) {
    return Unexpected(Error{path, 0, "the gate " + evaluation->settings.gate, "the judge can't be trusted here"});
  }
  std::map<std::pair<std::string, std::string>, const EvaluationVerdict*> verdicts;
  for (const EvaluationResult& result : evaluation->results) verdicts[{result.model, result.id}] = &result.verdict;
  for (StudentGrade& grade : grades) {
    for (TaskGrade& task : grade.tasks) {
      const auto found = verdicts.find({grade.submission.student, task.id});
      if (task.status != "unjudged" || found == verdicts.end()) continue;
      task.status = to_string(found->second->status);
      task.evidence = found->second->evidence;
      task.resolved = found->second->status == EvaluationStatus::resolved;
    }
  }
  return {};
}

bool is_complete(const std::vector<StudentGrade>& grades) {
  return std::all_of(grades.begin(), grades.end(), [](const StudentGrade& grade) {
    return std::none_of(grade.tasks.begin(), grade.tasks.end(), [](const TaskGrade& task) {
      return task.status == "unjudged" || task.status == to_string(EvaluationStatus::harness_error);
    });
  });
}

}  // namespace hybugs
