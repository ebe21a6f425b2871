#include "tools/hybugs/site_observer.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "harness/exec/hashing.h"
#include "harness/exec/scheduler.h"
#include "harness/io/files.h"
#include "harness/io/json_lines.h"
#include "tools/hybugs/site_trials.h"

namespace hybugs {

namespace fs = std::filesystem;
using nlohmann::json;

SiteObserver::SiteObserver(const Session& session, Workshop& workshop, int jobs)
    : session_(session), workshop_(workshop), jobs_(jobs), file_(session.paths.build + "/site/observed.jsonl") {}

Result<SiteObservations> SiteObserver::run(const std::vector<const CaseSpec*>& cases) {
  if (const auto read = read_earlier(); !read) return Unexpected(read.error());
  std::vector<const CaseSpec*> open;
  for (const CaseSpec* spec : cases) {
    const auto found = earlier_.find(spec->id);
    const bool known = found != earlier_.end() && found->second.value("key", "") == key_of(*spec);
    if (known) observed_[spec->id] = found->second["observed"];
    if (!known) open.push_back(spec);
  }
  if (const auto ran = run_trials(open); !ran) return Unexpected(ran.error());
  return std::move(observed_);
}

Result<void> SiteObserver::read_earlier() {
  if (const auto made = make_folder(fs::path(file_).parent_path().string()); !made) return made;
  std::size_t lines = 0;
  const auto read = read_json_lines(file_, [&](const json& line) -> Result<void> {
    ++lines;
    if (line.is_object() && line.contains("observed")) earlier_[line.value("id", "")] = line;
    return {};
  });
  if (read && lines == earlier_.size()) return {};
  std::string text;  // without the lines that later ones replaced
  for (const auto& [id, line] : earlier_) text += line.dump() + "\n";
  return write_file(file_, text);
}

std::string SiteObserver::key_of(const CaseSpec& spec) const {
  TrialPlan plan;
  plan.seeds = {0};
  return result_key(spec, session_.paths, workshop_.toolchain, plan, "site");
}

Result<void> SiteObserver::run_trials(const std::vector<const CaseSpec*>& cases) {
  auto lines = JsonLines::open(file_);
  if (!lines) return Unexpected(lines.error());
  const int jobs = std::max(1, std::min<int>(jobs_, static_cast<int>(cases.size())));
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < jobs; ++i) workers.push_back(std::make_unique<Worker>(workshop_.worker_options(session_.paths)));
  Progress progress(STDERR_FILENO, static_cast<int>(cases.size()));
  std::mutex mutex;
  for_each_parallel(cases.size(), jobs, *workshop_.stop, [&](std::size_t item, int thread) {
    const CaseSpec& spec = *cases[item];
    progress.start(spec.id);
    const std::string key = key_of(spec);  // of the files before they are used
    json seen = observe(spec, *workers[static_cast<std::size_t>(thread)]);
    const std::lock_guard<std::mutex> lock(mutex);
    progress.finish(spec.id);
    if (seen.is_null() || *workshop_.stop) return;
    const auto kept = lines->append({{"id", spec.id}, {"key", key}, {"observed", seen}});
    if (!kept) print_error(kept.error());
    observed_[spec.id] = std::move(seen);
  });
  return {};
}

// Null where nothing can be said.
json SiteObserver::observe(const CaseSpec& spec, Worker& worker) const {
  constexpr const char* kHint = "its page says not measured";
  if (const auto failure = workshop_.failures.find(spec.id); failure != workshop_.failures.end()) {
    print_error({failure->second.log, 0, spec.id + " does not compile: " + failure->second.error, kHint});
    return nullptr;
  }
  const SiteTrials trials = run_site_trials(worker, session_.paths, spec);
  const std::string failed = failure_of(trials);
  if (failed.empty()) {
    json object = to_json(trials, spec);
    object["libtorch"] = workshop_.toolchain.libtorch;
    return object;
  }
  if (!*workshop_.stop) print_error({"", 0, spec.id + ": " + failed, kHint});
  return nullptr;
}

}  // namespace hybugs
