// hybugs show: one case on a page.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "harness/io/results.h"
#include "harness/report/terminal.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/case_page.h"
#include "tools/hybugs/diff.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"

namespace hybugs {
namespace {

constexpr int kLongestLine = 100;  // longer ones are hard to read

struct ShowOptions {
  std::string id;
  bool json = false;
};

std::string repair_diff(const CaseSpec& spec, bool colour) {
  return file_diff(variant_path(spec, "buggy"), variant_path(spec, "fixed"), colour);
}

void print_case_json(const Session& session, const CaseSpec& spec) {
  nlohmann::json variants = nlohmann::json::object();
  for (const std::string& variant : spec.variants) {
    variants[variant] = {{"source", variant_path(spec, variant)}, {"library", session.paths.library(spec.id, variant)}};
  }
  print_json({{"case", to_json(spec)},
              {"expected_failure", expected_failure_text(spec)},
              {"variants", std::move(variants)},
              {"diff", repair_diff(spec, false)}});
}

void print_page(const Session& session, const CaseSpec& spec) {
  const int width = std::min(output_width(STDOUT_FILENO), kLongestLine);
  const std::string diff = repair_diff(spec, session.colour);
  print(case_page(spec, session.paths, width, session.colour));
  print("\n" + painted("From buggy to fixed", kBold, session.colour) + "\n");
  print(diff.empty() ? "  git shows no difference\n" : diff);
}

int show(const Session& session, const ShowOptions& options) {
  const Corpus corpus = session.load();
  const auto cases = session.select(corpus, {options.id});
  if (!cases) return kUsage;
  if (options.json) {
    print_case_json(session, *cases->front());
  } else {
    print_page(session, *cases->front());
  }
  return kAsExpected;
}

}  // namespace

void add_show(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("show", "Show one case: story, lesson, expected failure, repair");
  const auto options = std::make_shared<ShowOptions>();
  command->add_option("id", options->id, "the case")->required();
  command->add_flag("--json", options->json, "case.yaml, the files of the variants and the diff as JSON");
  command->footer(
      "Examples:\n"
      "  hybugs show tf-pwa-0db1b0b\n"
      "  hybugs show tf-pwa-0db1b0b --json | jq -r .diff   the repair as a patch hunk");
  command->callback([&session, options] { session.exit_code = show(session, *options); });
}

}  // namespace hybugs
