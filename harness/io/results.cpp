#include "harness/io/results.h"

#include <fcntl.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace hybugs {
namespace {

using nlohmann::json;

std::string results_path(const std::string& folder) {
  return folder + "/results.jsonl";
}

/// New names in a folder are safe only once the folder itself is.
void sync_folder(const std::string& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.valid()) sync_to_disk(fd.get());
}

}  // namespace

Result<ResultsWriter> ResultsWriter::open(const std::string& folder, const Context& context) {
  if (const Result<void> made = make_folder(folder); !made) return Unexpected(made.error());
  const std::string text = to_json(context).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
  if (const Result<void> written = write_file(folder + "/context.json", text); !written) {
    return Unexpected(written.error());
  }
  Result<JsonLines> lines = JsonLines::open(results_path(folder));
  if (!lines) return Unexpected(lines.error());
  sync_folder(folder);
  return ResultsWriter(folder, std::move(*lines));
}

Result<void> ResultsWriter::append(const CaseResult& result) {
  return lines_.append(to_json(result));
}

Result<std::map<std::string, CaseResult>> read_results(const std::string& folder) {
  std::map<std::string, CaseResult> results;
  const Result<void> read = read_json_lines(results_path(folder), [&](const json& line) -> Result<void> {
    Result<CaseResult> result = case_result_from_json(line);
    if (!result) return Unexpected(result.error());
    results[result->id] = std::move(*result);
    return {};
  });
  if (!read) return Unexpected(read.error());
  return results;
}

}  // namespace hybugs
