// hybugs debug: one trial, in words, under a debugger, or with its graph.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "harness/core/vocabulary.h"
#include "harness/exec/case_runner.h"
#include "tools/hybugs/experiment.h"

namespace hybugs {
namespace {

struct DebugOptions {
  std::string id;
  std::string variant = "buggy";
  std::uint64_t seed = 0;
  int call = -2;  // all
  bool gdb = false;
  bool graph = false;
};

constexpr int kAllCalls = -2;

std::string call_text(const CallRecord& call) {
  if (call.thrown) return fmt::format("    threw {}: {}\n", call.thrown->type, call.thrown->message);
  std::string text;
  for (std::size_t i = 0; i < call.outputs.size(); ++i) {
    text += fmt::format("    output {}: {}\n", i, describe(call.outputs[i], 400));
  }
  if (call.graph_use) {
    text += fmt::format("    operators: {} inside graphs, {} outside\n", call.graph_use->inside_count(),
                        call.graph_use->outside);
    for (const auto& [name, count] : call.graph_use->inside) text += fmt::format("      {} x {}\n", count, name);
  }
  return text.empty() ? "    no outputs\n" : text;
}

std::string ending_of(const TrialRecord& trial) {
  std::string text = to_string(trial.outcome);
  if (trial.signal != 0) text += " by " + signal_name(trial.signal);
  if (trial.exit_code) text += fmt::format(" with exit code {}", *trial.exit_code);
  if (trial.teardown != Teardown::clean) text += ", teardown " + to_string(trial.teardown);
  if (!trial.detail.empty()) text += ": " + trial.detail;
  return text;
}

void print_trial(const DebugOptions& options, const TrialRecord& trial) {
  if (trial.construct) fmt::print("construct\n    threw {}: {}\n", trial.construct->type, trial.construct->message);
  for (std::size_t i = 0; i < trial.calls.size(); ++i) {
    if (options.call != kAllCalls && options.call != static_cast<int>(i)) continue;
    fmt::print("call {}\n{}", i, call_text(trial.calls[i]));
  }
  fmt::print("{} after {} of {} calls, {:.3f} s\n", ending_of(trial), trial.calls.size(), trial.scenario_size,
             trial.seconds);
  if (!trial.standard_output.empty()) fmt::print("standard output:\n{}\n", trial.standard_output);
  if (!trial.standard_error.empty()) fmt::print("standard error:\n{}\n", trial.standard_error);
  if (options.graph) {
    fmt::print("graph that was executed last:\n{}\n", trial.graph.empty() ? "none was executed" : trial.graph);
  }
}

TrialRequest request_of(const Session& session, const DebugOptions& options) {
  const bool eager = options.variant == "eager";
  TrialRequest request;
  request.library = session.paths.library(options.id, eager ? "fixed" : options.variant);
  request.program = eager ? ProgramKind::eager : ProgramKind::hybrid;
  request.mode = options.graph ? TrialMode::observe : TrialMode::values;
  request.seed = options.seed;
  return request;
}

// Replaces this process: the debugger owns the terminal.
int run_under_gdb(const Session& session, const CaseSpec& spec, const DebugOptions& options) {
  const std::string threads = std::to_string(spec.threads.intra);
  const std::string stop =
      options.call == kAllCalls
          ? "catch throw"
          : fmt::format("break hybugs_before_call if *(int*)&hybugs_current_call == {}", options.call);
  std::vector<std::string> arguments = {"gdb",
                                        "-ex",
                                        "set breakpoint pending on",
                                        "-ex",
                                        stop,
                                        "-ex",
                                        "run",
                                        "--args",
                                        session.paths.host(),
                                        "--intra",
                                        threads,
                                        "--once",
                                        to_json(request_of(session, options)).dump()};
  if (spec.threads.inter) arguments.insert(arguments.end() - 2, {"--inter", std::to_string(*spec.threads.inter)});
  ::setenv("OPENBLAS_NUM_THREADS", threads.c_str(), 1);
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  print_error({"", 0, "cannot start gdb", "apt install gdb"});
  return kHarnessFailure;
}

bool known_variant(const CaseSpec& spec, const std::string& variant) {
  std::vector<std::string> variants = spec.variants;
  variants.push_back("eager");
  if (std::find(variants.begin(), variants.end(), variant) != variants.end()) return true;
  print_error({"", 0, fmt::format("{} has no variant '{}'{}", spec.id, variant, did_you_mean(variant, variants)),
               fmt::format("it has {}", fmt::join(variants, ", "))});
  return false;
}

void print_difference(const Session& session, const CaseSpec& spec, DebugOptions options, Worker& worker,
                      const TrialRecord& trial) {
  options.variant = "eager";
  options.graph = false;
  const auto eager = worker.run(spec.threads, request_of(session, options), limits_of(spec), false);
  const auto threw =
      std::count_if(eager.calls.begin(), eager.calls.end(), [](const auto& call) { return call.thrown; });
  if (threw > 0) fmt::print("eager throws in {} of {} calls\n", threw, eager.calls.size());
  const auto found = first_trouble(eager, trial, spec);
  fmt::print("{}\n", found ? "first disagreement with eager: " + found->text() : "agrees with eager in every call");
}

int debug(const Session& session, const DebugOptions& options) {
  const Corpus corpus = session.load();
  const auto cases = session.select(corpus, {options.id});
  if (!cases) return kUsage;
  const CaseSpec& spec = *cases->front();
  if (!known_variant(spec, options.variant)) return kUsage;
  const auto wrong = spec.wrong_variants();
  const bool is_wrong = std::find(wrong.begin(), wrong.end(), options.variant) != wrong.end();
  const auto workshop = open_workshop(session, *cases, 2, is_wrong ? Variants::all : Variants::buggy_and_fixed);
  if (!workshop) {
    print_error(workshop.error());
    return kHarnessFailure;
  }
  const auto failure = (*workshop)->failures.find(spec.id);
  if (failure != (*workshop)->failures.end()) {
    print_error({failure->second.log, 0, failure->second.error, "the file has the whole output"});
    return kUsage;
  }
  if (options.gdb && !session.at_home("debug --gdb")) return kUsage;
  if (options.gdb) return run_under_gdb(session, spec, options);
  Worker worker((*workshop)->worker_options(session.paths));
  const auto trial = worker.run(spec.threads, request_of(session, options), limits_of(spec), true);
  print_trial(options, trial);
  if (options.variant != "eager") print_difference(session, spec, options, worker, trial);
  return trial.outcome == Outcome::harness_error ? kHarnessFailure : kAsExpected;
}

}  // namespace

void add_debug(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("debug", "Run one trial and show what it does");
  const auto options = std::make_shared<DebugOptions>();
  command->add_option("id", options->id, "the case")->required();
  command->add_option("--variant", options->variant, "buggy, fixed, eager, wrong_...")->capture_default_str();
  command->add_option("--seed", options->seed, "seed of the scenario")->capture_default_str();
  command->add_option("--call", options->call, "show only this call; with --gdb: stop before it")
      ->check(CLI::NonNegativeNumber);
  command->add_flag("--gdb", options->gdb, "run it under gdb, which stops where an exception is thrown");
  command->add_flag("--graph", options->graph, "show operators in graphs and the graph that was executed last");
  command->footer(
      "Examples:\n"
      "  hybugs debug tf-pwa-0db1b0b --variant fixed --seed 3\n"
      "  hybugs debug tf-pwa-0db1b0b --gdb --call 2\n"
      "  hybugs debug tf-pwa-0db1b0b --variant fixed --graph");
  command->callback([&session, options] { session.exit_code = debug(session, *options); });
}

}  // namespace hybugs
