#include "tools/hybugs/control.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "harness/exec/timing.h"
#include "harness/io/files.h"
#include "harness/report/terminal.h"
#include "harness/report/timing_table.h"

namespace hybugs {
namespace {

bool is_alarm(const RatioInterval& interval) {
  return side_of(interval, 1 + kControlTolerance) > 0 || side_of(interval, 1 - kControlTolerance) < 0;
}

std::string verdict_of(const TimingResult& timing) {
  if (!timing.failure.empty()) return "failed";
  if (is_alarm(timing.against_fixed)) return "alarm";
  return timing.stopped.empty() ? "quiet" : "undecided";
}

std::vector<const CaseSpec*> timed_cases(const std::vector<const CaseSpec*>& cases) {
  std::vector<const CaseSpec*> timed;
  for (const CaseSpec* spec : cases) {
    if (is_timed(*spec)) timed.push_back(spec);
  }
  return timed;
}

nlohmann::json report_json(const Context& context, const std::vector<RatioRow>& rows) {
  nlohmann::json comparisons = nlohmann::json::array();
  for (const RatioRow& row : rows) {
    comparisons.push_back({{"id", row.id}, {"verdict", row.verdict}, {"timing", to_json(row.timing)}});
  }
  return {{"schema", kResultSchema}, {"context", to_json(context)}, {"control", comparisons}};
}

}  // namespace

int run_control(const Session& session, const ExperimentCommand& command) {
  const Corpus corpus = session.load();
  const auto selected = session.select(corpus, command.ids);
  if (!selected) return kUsage;
  const auto cases = timed_cases(*selected);
  const auto workshop = open_workshop(session, cases, command.experiment.jobs);
  if (!workshop) {
    print_error(workshop.error());
    return kHarnessFailure;
  }
  Context context = read_context(session.paths, (*workshop)->toolchain, (*workshop)->sandbox, session.command_line);
  const Worker worker((*workshop)->worker_options(session.paths));
  std::vector<RatioRow> rows;
  int alarms = 0;
  {
    Progress progress(STDERR_FILENO, static_cast<int>(cases.size()));
    for (const CaseSpec* spec : cases) {
      if ((*workshop)->failures.count(spec->id) != 0) {
        print_error({spec->folder, 0, "does not compile", (*workshop)->failures.at(spec->id).log});
        return kUsage;
      }
      TimingOptions options;
      options.variant = "fixed";
      options.thresholds = {1 - kControlTolerance, 1 + kControlTolerance};
      options.max_seconds = command.experiment.max_seconds;
      options.google_benchmark = false;
      options.eager = false;
      options.on_pair = [&](const RatioInterval& ratio) { progress.note(fmt::format("{} pairs", ratio.pairs)); };
      progress.start(spec->id);
      TimingResult timing = time_case(worker, session.paths, *spec, options);
      if (*(*workshop)->stop) return 130;
      const std::string verdict = verdict_of(timing);
      alarms += verdict == "alarm" ? 1 : 0;
      rows.push_back({spec->id, std::move(timing), 1 + kControlTolerance, verdict, verdict == "quiet"});
      progress.finish(spec->id);
    }
  }
  context.load_end = load_average();
  std::string text = ratio_table(rows, output_width(STDOUT_FILENO), session.colour);
  text += fmt::format("fixed against itself: {} of {} comparisons raised an alarm (wholly outside 1 +- {})\n", alarms,
                      rows.size(), kControlTolerance);
  const nlohmann::json report = report_json(context, rows);
  if (command.reporter == "json") text = report.dump(2) + "\n";
  std::fputs(text.c_str(), stdout);
  const std::string output =
      command.experiment.output.empty() ? default_output(session, false, Shard{}) : command.experiment.output;
  auto written = make_folder(output);
  if (written) written = write_file(output + "/control.json", report.dump(2) + "\n");
  if (!written) {
    print_error(written.error());
    return kHarnessFailure;
  }
  std::fputs(fmt::format("Results: {}\n", short_path(output)).c_str(), stderr);
  return alarms > 0 ? kUnexpected : kAsExpected;
}

}  // namespace hybugs
