// From submissions to grades, through the files of an evaluation.
#pragma once

#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/io/corpus.h"
#include "tools/hybugs/grades.h"

namespace hybugs {

/// The grades before anything is judged: what is missing or as it was at the start needs no judge.
Result<std::vector<StudentGrade>> first_grades(const Corpus& corpus, const std::vector<Submission>& submissions,
                                               const std::vector<std::string>& tasks);

/// What is to be judged, one line a program as `hybugs evaluate` reads it; the student is the model.
std::string predictions_text(const std::vector<StudentGrade>& grades);

/// Takes the verdicts of the evaluation in `folder` over. An Error when its gate failed.
Result<void> take_verdicts(const std::string& folder, std::vector<StudentGrade>& grades);

/// Nothing is left to judge, and no harness failed.
bool is_complete(const std::vector<StudentGrade>& grades);

}  // namespace hybugs
