// A case as a repair tool sees it: the bug, and nothing of its repair and its origin.
#pragma once

#include <map>
#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/error.h"

namespace hybugs {

/// The text of the program that a tool repairs, to the byte: answers are patches of exactly this.
Result<std::string> task_hybrid(const CaseSpec& spec);

/// The texts of a task's folder by file name: TASK.md, hybrid.cpp, program.h, task.json, try. `templates` is the folder
/// tools/hybugs/templates. An Error when one of the case's files can't be read.
using TaskFiles = std::map<std::string, std::string>;
Result<TaskFiles> task_files(const CaseSpec& spec, const std::string& templates);

/// Those of them that aren't programs. Of a spec with nothing but a symptom: what every such task says.
Result<TaskFiles> task_frame(const CaseSpec& spec, const std::string& templates);

/// Writes them into `folder`, which exists.
Result<void> write_task(const TaskFiles& files, const std::string& folder);

}  // namespace hybugs
