// hybugs-try: compares the hybrid program of a library with its eager program on the public seeds. Started by the
// script `try` of a task; knows no corpus.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <shared_mutex>

#include "tools/try/settings.h"
#include "tools/try/speed.h"
#include "tools/try/trials.h"

namespace {

enum ExitCode : int { kAgrees = 0, kDisagrees = 1, kNotBuilt = 2, kHarnessFailure = 3 };

constexpr int kPublicSeeds = 5;

struct Options {
  std::string host;
  std::string library;
  std::string settings;
};

int fail(const std::string& message, int code) {
  fmt::print(stderr, "error: {}\n", message);
  return code;
}

hybugs::Result<hybugs::CaseSpec> read_settings(const std::string& path) {
  std::ifstream file(path);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  return hybugs::settings_from_json(nlohmann::json::parse(text, nullptr, false));
}

// The values may be right and the program slow all the same.
void print_speed(const hybugs::Worker& worker, const Options& options, const hybugs::CaseSpec& settings) {
  const auto speed = hybugs::measure_speed(worker, options.library, settings);
  fmt::print("{}\n", speed ? speed_text(*speed, settings.timing) : "not timed: " + speed.error().message);
}

int compare(const Options& options, const hybugs::CaseSpec& settings) {
  std::shared_mutex machine;
  hybugs::Worker worker({options.host, hybugs::probe_sandbox(), nullptr, &machine});
  int disagreeing = 0;
  for (int seed = 0; seed < kPublicSeeds; ++seed) {
    const auto outcome = hybugs::run_seed(worker, options.library, settings, static_cast<std::uint64_t>(seed));
    const std::string failure = hybugs::failure_of(outcome);
    if (!failure.empty()) return fail(failure, outcome.eager.scenario_size == 0 ? kNotBuilt : kHarnessFailure);
    fmt::print("{}", hybugs::seed_text(outcome, settings));
    std::fflush(stdout);
    disagreeing += hybugs::disagreement_of(outcome, settings).empty() ? 0 : 1;
  }
  if (settings.symptom == hybugs::Symptom::slow && disagreeing == 0) print_speed(worker, options, settings);
  fmt::print("{} of {} seeds agree with eager\n", kPublicSeeds - disagreeing, kPublicSeeds);
  return disagreeing == 0 ? kAgrees : kDisagrees;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Compares a task's hybrid program with its eager program; started by the script `try`."};
  Options options;
  app.add_option("--host", options.host, "hybugs-host")->required()->check(CLI::ExistingFile);
  app.add_option("--library", options.library, "the shared library of both programs")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--settings", options.settings, "task.json")->required()->check(CLI::ExistingFile);
  app.footer("Exit codes: 0 agrees, 1 does not, 2 the library doesn't load, 3 the harness failed.");
  CLI11_PARSE(app, argc, argv);
  const auto settings = read_settings(options.settings);
  if (!settings) return fail(options.settings + ": " + settings.error().text(), kHarnessFailure);
  return compare(options, *settings);
}
