// What students hand in: a folder or a zip file each, with ID/hybrid.cpp somewhere in it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace hybugs {

struct Submission {
  std::string student;                       // name of the folder, or of the zip file without its ending
  std::string path;                          // as given
  std::int64_t time = 0;                     // of its newest program, or of the zip file; seconds
  std::map<std::string, std::string> files;  // hybrid.cpp by the case's id
  std::string problem;                       // why it can't be read; empty: it can
  std::string note;                          // what is worth saying all the same
};

/// Reads one. Names of folders that `is_case` doesn't know are said in `note`. Links aren't followed, nothing is
/// unpacked, and no file of more than 1 MB is read.
Submission read_submission(const std::string& path, const std::function<bool(const std::string& id)>& is_case);

/// Where a student handed in more than once, the newest counts (of equals the one named last); the others get a
/// `problem` that names it.
void keep_newest(std::vector<Submission>& submissions);

}  // namespace hybugs
