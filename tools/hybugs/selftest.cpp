// hybugs selftest: submissions that try to fool the judge or to break out, none of which may succeed.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "harness/core/vocabulary.h"
#include "harness/io/files.h"
#include "harness/os/cores.h"
#include "harness/os/fd.h"
#include "harness/report/terminal.h"
#include "harness/report/text.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/evaluation.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

// What an attack connects to if it gets out of its network namespace; see attacks.h there.
constexpr int kCanaryPort = 47117;
constexpr std::size_t kHugePatch = 100 << 20;
constexpr int kBurialTries = 50;

/// One submission under harness/testdata/attacks/: its first lines say what it is.
struct Attack {
  std::string name;
  std::string tries;        // `tries: ...`
  std::string target;       // `case: ...`
  bool legitimate = false;  // `legitimate`: unusual, but a right repair that must be resolved
  bool known = false;       // `known to succeed`: a gap that is documented and still open
  bool lint_alone = false;  // `stopped by the lint alone`: shortcuts that hide the loss of the graph
  Prediction prediction;
};

struct Outcomes {
  EvaluationVerdict with_lint;
  EvaluationVerdict without_lint;  // the sandbox and the judge alone
};

struct SelftestOptions {
  bool attacks = false;
  int jobs = 1;
  std::string output;
  std::vector<std::string> names;
};

std::string value_of(const std::string& line, const std::string& key) {
  const std::size_t at = line.find(key);
  if (at == std::string::npos || at > 4) return "";
  const std::size_t begin = line.find_first_not_of(' ', at + key.size());
  return begin == std::string::npos ? "" : line.substr(begin, line.find_last_not_of("\r ") + 1 - begin);
}

Attack read_attack(const fs::path& path) {
  Attack attack;
  attack.name = path.filename().string();
  const auto text = read_file(path.string());
  std::istringstream lines(text ? *text : "");
  std::string line;
  for (int i = 0; i < 4 && std::getline(lines, line); ++i) {
    if (attack.tries.empty()) attack.tries = value_of(line, "tries:");
    if (attack.target.empty()) attack.target = value_of(line, "case:");
    attack.legitimate = attack.legitimate || line.find("legitimate") != std::string::npos;
    attack.known = attack.known || line.find("known to succeed") != std::string::npos;
    attack.lint_alone = attack.lint_alone || line.find("stopped by the lint alone") != std::string::npos;
  }
  attack.prediction.whole_file = path.extension() == ".cpp";
  (attack.prediction.whole_file ? attack.prediction.file : attack.prediction.patch) = text ? *text : "";
  return attack;
}

Attack huge_patch() {
  Attack attack;
  attack.name = "(generated) patch of 100 MB";
  attack.tries = "fills the judge's memory and disk with a patch of 100 MB";
  attack.target = "attack-shape";
  attack.prediction.patch = "--- a/hybrid.cpp\n+++ b/hybrid.cpp\n@@ -1 +1,9999999 @@\n";
  while (attack.prediction.patch.size() < kHugePatch)
    attack.prediction.patch += "+// more and more and more and more\n";
  return attack;
}

Result<std::vector<Attack>> read_attacks(const std::string& folder, const Corpus& targets,
                                         const std::vector<std::string>& names) {
  std::vector<Attack> attacks;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string kind = entry.path().extension().string();
    if (kind == ".cpp" || kind == ".patch") attacks.push_back(read_attack(entry.path()));
  }
  attacks.push_back(huge_patch());
  for (const std::string& name : names) {
    const auto known =
        std::any_of(attacks.begin(), attacks.end(), [&](const auto& attack) { return attack.name == name; });
    if (!known) return Unexpected(Error{"", 0, fmt::format("there is no attack '{}'", name), "see " + folder});
  }
  if (!names.empty()) {
    const auto unwanted = [&](const Attack& attack) {
      return std::find(names.begin(), names.end(), attack.name) == names.end();
    };
    attacks.erase(std::remove_if(attacks.begin(), attacks.end(), unwanted), attacks.end());
  }
  std::sort(attacks.begin(), attacks.end(), [](const Attack& a, const Attack& b) { return a.name < b.name; });
  int line = 0;
  for (Attack& attack : attacks) {
    if (attack.tries.empty() || targets.find(attack.target) == nullptr) {
      return Unexpected(Error{folder + "/" + attack.name, 1, "does not say what it tries, on which target",
                              "begin with `// tries: ...` and `// case: attack-shape`"});
    }
    attack.prediction.id = attack.target;
    attack.prediction.model = attack.name;
    attack.prediction.line = ++line;
  }
  return attacks;
}

/// Things on this machine that no attack may reach: a server that nobody may call, a file that must stay as it is.
class Canaries {
 public:
  Canaries()
      : server_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), file_(fs::temp_directory_path() / "hybugs-canary") {
    const int yes = 1;
    ::setsockopt(server_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(kCanaryPort);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listening_ = ::bind(server_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                 ::listen(server_.get(), 8) == 0;
    static_cast<void>(write_file(file_, "untouched"));
    ::chmod(file_.c_str(), 0666);
  }
  ~Canaries() { fs::remove(file_); }
  Canaries(const Canaries&) = delete;
  Canaries& operator=(const Canaries&) = delete;

  /// What was reached, in words; empty: nothing.
  std::string harm() const {
    pollfd wait{server_.get(), POLLIN, 0};
    if (listening_ && ::poll(&wait, 1, 0) > 0) return "a server on this machine was called";
    const auto text = read_file(file_);
    if (!text || *text != "untouched") return "a file of this machine was changed";
    return "";
  }

 private:
  Fd server_;
  std::string file_;
  bool listening_ = false;
};

/// Processes of candidates' users that are still there.
std::string survivors() {
  if (::geteuid() != 0) return "";  // a user's own processes can't be told apart
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
    const std::string pid = entry.path().filename().string();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    struct stat status = {};
    if (::stat(entry.path().c_str(), &status) != 0) continue;
    const auto command = read_file(entry.path().string() + "/comm");
    const auto state = read_file(entry.path().string() + "/status");
    const std::size_t at = state ? state->find("\nUid:\t") : std::string::npos;
    const bool zombie = state && state->find("\nState:\tZ") != std::string::npos;  // gone, but nobody has looked
    if (at == std::string::npos || zombie) continue;
    const long user = std::atol(state->c_str() + at + 6);
    if (user >= kFirstCandidateUser && user < kFirstCandidateUser + 1000) {
      return fmt::format("process {} ({}) outlived its trial", pid, command ? *command : "");
    }
  }
  return "";
}

// A busy kernel takes its time to bury the dead.
std::string survivors_in_the_end() {
  std::string found = survivors();
  for (int i = 0; i < kBurialTries && !found.empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    found = survivors();
  }
  return found;
}

bool succeeded(const Attack& attack, const EvaluationVerdict& verdict, bool lint) {
  const bool resolved = verdict.status == EvaluationStatus::resolved;
  if (attack.legitimate) return !resolved;
  if (!lint && attack.lint_alone) return false;
  return resolved || verdict.status == EvaluationStatus::harness_error;
}

class Selftest {
 public:
  Selftest(const Session& session, const SelftestOptions& options) : session_(session), options_(options) {
    session_.paths.cases = session.paths.source + "/harness/testdata/attacks/targets";
    session_.paths.output = session.paths.build + "/harness/testdata/attacks/targets";
  }

  int run() {
    const Corpus targets = load_corpus(session_.paths.cases, "");
    for (const Error& error : targets.errors) print_error(error);
    const auto attacks = read_attacks(session_.paths.source + "/harness/testdata/attacks", targets, options_.names);
    if (!attacks) {
      print_error(attacks.error());
      return kUsage;
    }
    std::vector<const CaseSpec*> cases;
    for (const CaseSpec& spec : targets.cases) cases.push_back(&spec);
    std::vector<Outcomes> outcomes(attacks->size());
    const Canaries canaries;
    for (bool lint : {true, false}) {
      const auto done = judge_all(*attacks, cases, lint, outcomes);
      if (!done) {
        print_error(done.error());
        return kHarnessFailure;
      }
    }
    const int code = report(*attacks, outcomes, canaries.harm());
    return code;
  }

 private:
  Result<void> judge_all(const std::vector<Attack>& attacks, const std::vector<const CaseSpec*>& cases, bool lint,
                         std::vector<Outcomes>& outcomes) {
    EvaluationOptions options;
    options.jobs = options_.jobs;
    options.lint = lint;
    options.output = options_.output + (lint ? "/with-lint" : "/without-lint");
    auto runner = EvaluationRunner::open(session_, cases, options);
    if (!runner) return Unexpected(runner.error());
    if (lint) {
      const std::string gate = (*runner)->gate(cases);
      if (gate != "passed") return Unexpected(Error{"", 0, "the targets' own gate " + gate, "mend the targets"});
    }
    std::vector<Prediction> predictions;
    for (std::size_t i = 0; i < attacks.size(); ++i) {
      // What the lint let pass has met the sandbox and the judge already.
      const bool stopped_by_lint = outcomes[i].with_lint.status == EvaluationStatus::rejected;
      if (lint || stopped_by_lint) predictions.push_back(attacks[i].prediction);
      if (!lint) outcomes[i].without_lint = outcomes[i].with_lint;
    }
    const auto results = (*runner)->run(predictions);
    if (!results) return Unexpected(results.error());
    for (const EvaluationResult& result : *results) {
      Outcomes& outcome = outcomes[static_cast<std::size_t>(result.line) - 1];
      (lint ? outcome.with_lint : outcome.without_lint) = result.verdict;
    }
    if ((*runner)->interrupted()) return Unexpected(Error{"", 0, "interrupted", ""});
    return {};
  }

  static std::string unexpected_text(const Attack& attack, const Outcomes& outcomes) {
    return fmt::format("{} {}: {} ({}); with the sandbox alone {} ({})\n", attack.name,
                       attack.legitimate ? "should be resolved" : "must not succeed",
                       to_string(outcomes.with_lint.status), one_line(outcomes.with_lint.evidence),
                       to_string(outcomes.without_lint.status), one_line(outcomes.without_lint.evidence));
  }

  // What an attack has achieved. `known` gaps are counted apart, and shown.
  int report(const std::vector<Attack>& attacks, const std::vector<Outcomes>& outcomes, const std::string& harm) const {
    TextTable table(
        {{""}, {"attack"}, {"tries"}, {"verdict"}, {"sandbox alone"}, {"evidence", Column::Align::left, 20}});
    int successes = 0;
    int known = 0;
    int wrongly_refused = 0;
    int tried = 0;
    std::string unexpected;
    nlohmann::json rows = nlohmann::json::array();
    for (std::size_t i = 0; i < attacks.size(); ++i) {
      const Attack& attack = attacks[i];
      const bool failed =
          succeeded(attack, outcomes[i].with_lint, true) || succeeded(attack, outcomes[i].without_lint, false);
      (attack.legitimate ? wrongly_refused : attack.known ? known : successes) += failed ? 1 : 0;
      tried += attack.legitimate ? 0 : 1;
      if (failed && (attack.legitimate || !attack.known)) unexpected += unexpected_text(attack, outcomes[i]);
      table.add({{failed ? "✗" : " ", kRed},
                 attack.name,
                 attack.tries,
                 to_string(outcomes[i].with_lint.status),
                 to_string(outcomes[i].without_lint.status),
                 one_line(outcomes[i].with_lint.evidence)});
      rows.push_back({{"attack", attack.name},
                      {"tries", attack.tries},
                      {"legitimate", attack.legitimate},
                      {"known", attack.known},
                      {"stopped_by_the_lint_alone", attack.lint_alone},
                      {"verdict", to_string(outcomes[i].with_lint.status)},
                      {"evidence", outcomes[i].with_lint.evidence},
                      {"sandbox_alone", to_string(outcomes[i].without_lint.status)},
                      {"sandbox_alone_evidence", outcomes[i].without_lint.evidence},
                      {"succeeded", failed}});
    }
    std::string text = table.text(output_width(STDOUT_FILENO), session_.colour) + unexpected;
    const std::string left = survivors_in_the_end();
    for (const std::string& found : {harm, left}) {
      if (found.empty()) continue;
      text += "HARM: " + found + "\n";
      ++successes;
    }
    text += fmt::format("attack success {} of {}", successes + known, tried);
    if (known > 0) text += fmt::format(", {} of them known gaps", known);
    const auto legitimate = static_cast<int>(attacks.size()) - tried;
    if (legitimate > 0)
      text += fmt::format("; {} of {} unusual but right repairs resolved", legitimate - wrongly_refused, legitimate);
    std::fputs((text + "\n").c_str(), stdout);
    const auto written = write_file(options_.output + "/attacks.json",
                                    rows.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    if (!written) print_error(written.error());
    return successes + wrongly_refused == 0 ? kAsExpected : kUnexpected;
  }

  Session session_;
  const SelftestOptions& options_;
};

int selftest(const Session& session, SelftestOptions options) {
  if (!options.attacks) {
    print_error({"", 0, "nothing to test", "hybugs selftest --attacks"});
    return kUsage;
  }
  if (options.output.empty()) options.output = session.paths.build + "/selftest";
  return Selftest(session, options).run();
}

}  // namespace

void add_selftest(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("selftest", "Try to fool the judge and to break out of the sandbox");
  const auto options = std::make_shared<SelftestOptions>();
  options->jobs = granted_cores();
  command->add_flag("--attacks", options->attacks, "submissions that cheat, spy, flood, escape: none may succeed");
  command->add_option("names", options->names, "attacks to try; all if none is named");
  command->add_option("--jobs,-j", options->jobs, "attacks at the same time")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command->add_option("--output,-o", options->output, "folder for attacks.json and all records");
  command->footer(
      "Example:\n"
      "  hybugs selftest --attacks\n"
      "What the lint rejects is judged once more without it, so that the sandbox and the judge stand alone. The "
      "attacks are in harness/testdata/attacks/.");
  command->callback(
      [&session, options] { session.exit_code = session.at_home("selftest") ? selftest(session, *options) : kUsage; });
}

}  // namespace hybugs
