// Grades of a class: as a table for the lecturer, and as files for Gradescope.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "harness/core/evaluation.h"
#include "tools/hybugs/submissions.h"

namespace hybugs {

/// What became of one task of one student.
struct TaskGrade {
  std::string id;
  std::string status;    // of the evaluation; `missing`, `unchanged`, `unjudged`
  std::string evidence;  // one line
  bool resolved = false;
};

struct StudentGrade {
  Submission submission;
  std::vector<TaskGrade> tasks;  // in the order of the table

  int points() const;
};

/// One row a submission, in their order: student, points, of, a column with the status of each task, problem,
/// submission. RFC 4180; what a spreadsheet would take for a formula gets an apostrophe.
std::string grades_csv(const std::vector<StudentGrade>& grades, const std::vector<std::string>& tasks);

/// results.json as Gradescope's autograders write it: a test for each task, 1 point each.
nlohmann::json gradescope_json(const StudentGrade& grade);

}  // namespace hybugs
