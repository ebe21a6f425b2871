#include "tools/hybugs/grades.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace hybugs {
namespace {

using nlohmann::json;

std::string field(std::string text) {
  const bool formula = !text.empty() && std::string("=+-@\t\r").find(text.front()) != std::string::npos;
  if (formula) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string row(const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) line += (i == 0 ? "" : ",") + field(fields[i]);
  return line + "\r\n";
}

std::string remark_of(const Submission& submission) {
  const bool both = !submission.problem.empty() && !submission.note.empty();
  return submission.problem + (both ? "; " : "") + submission.note;
}

json test_json(const TaskGrade& task) {
  return {{"name", task.id},
          {"score", task.resolved ? 1 : 0},
          {"max_score", 1},
          {"status", task.resolved ? "passed" : "failed"},
          {"output", task.status + (task.evidence.empty() ? "" : ": " + task.evidence)}};
}

}  // namespace

int StudentGrade::points() const {
  return static_cast<int>(
      std::count_if(tasks.begin(), tasks.end(), [](const TaskGrade& task) { return task.resolved; }));
}

std::string grades_csv(const std::vector<StudentGrade>& grades, const std::vector<std::string>& tasks) {
  std::vector<std::string> header = {"student", "points", "of"};
  header.insert(header.end(), tasks.begin(), tasks.end());
  header.insert(header.end(), {"remark", "submission"});
  std::string csv = row(header);
  for (const StudentGrade& grade : grades) {
    std::vector<std::string> fields = {grade.submission.student, std::to_string(grade.points()),
                                       std::to_string(tasks.size())};
    for (const TaskGrade& task : grade.tasks) fields.push_back(task.status);
    fields.insert(fields.end(), {remark_of(grade.submission), grade.submission.path});
    csv += row(fields);
  }
  return csv;
}

json gradescope_json(const StudentGrade& grade) {
  json tests = json::array();
  for (const TaskGrade& task : grade.tasks) tests.push_back(test_json(task));
  json results = {{"score", grade.points()}, {"visibility", "visible"}, {"tests", std::move(tests)}};
  const std::string remark = remark_of(grade.submission);
  if (!remark.empty()) results["output"] = remark;
  return results;
}

}  // namespace hybugs
