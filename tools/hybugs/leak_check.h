// Whether a task tells more than it should: of the repair, or of where the bug comes from.
#pragma once

#include <string>
#include <vector>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"
#include "tools/hybugs/task.h"

namespace hybugs {

struct Leak {
  std::string file;  // of the task
  int line = 0;
  std::string what;
};

/// What `files` give away of `fixed`, the text of the repaired program, and of the source. `frame`: the texts that
/// every task of this symptom has.
///
/// Repair: the words that the code of `fixed` has and the code of hybrid.cpp and program.h has not, string literals
/// included. They may not occur in any file, comments and prose included. Not counted are
/// - words of fewer than four letters (`def`, `jit`): too short to be told from chance;
/// - words that every task of this symptom has (`graph`, `call`): they tell nothing about this one;
/// - keywords and the few nouns for what any program takes and returns (`list`, `draws`), unless they are marked as
///   code: in backticks, with `(` behind them or `.`, `::`, `->` before. A noun of prose may also be the name of a
///   parameter in the repair; other plain words count, for `detach` and `clone` are English and repairs, too.
///
/// Source: owner/name and name of the project, the commit from seven digits on, the number, any link; the
/// case's id; and in TASK.md the pattern of the expected message.
std::vector<Leak> find_leaks(const CaseSpec& spec, const TaskFiles& files, const TaskFiles& frame,
                             const std::string& fixed);

/// find_leaks() of a case's own task, as errors about the case's files. Files that can't be read are another check's.
Errors check_leaks(const CaseSpec& spec, const std::string& templates, const std::string& display_folder);

}  // namespace hybugs
