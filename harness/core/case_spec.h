// case.yaml as plain values: what a case is and how it is expected to fail.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hybugs {

enum class Symptom : std::uint8_t { wrong_result, exception, crash, hang, slow, memory, no_graph };
enum class GraphKind : std::uint8_t { trace, script, freeze, export_, fork, mixed, none };
enum class Verdict : std::uint8_t {
  reproduced,
  not_reproduced,
  wrong_failure,
  fix_fails,
  flaky,
  inconclusive,
  unsupported,
  invalid
};
enum class TimingPhase : std::uint8_t { steady, first_call, new_shape };
enum class FaithfulnessLevel : std::uint8_t { high, medium, low };

/// Stands for "while the program is constructed" where a call index is expected.
inline constexpr int kConstruct = -1;

struct Source {
  enum class Kind : std::uint8_t { commit, report };
  Kind kind = Kind::commit;
  std::string project;      // owner/name
  std::string commit;       // full sha; commits only
  std::int64_t number = 0;  // issue number; reports only
  std::string url;          // derived for commits
  std::string date;         // YYYY-MM-DD or YYYY-MM
};

/// The study's labels; empty where the study has none. `assigned`: given by us, for reports.
struct StudyLabels {
  std::string category;
  std::string cause;
  std::string symptom;
  std::string fix;
  bool assigned = false;
};

struct ExpectedFailure {
  std::optional<int> call;  // index of the first call that fails, or kConstruct
  std::optional<int> output;
  std::string message;  // RE2 pattern for the exception's message
  int signal = 0;       // 0: any
};

struct Tolerance {
  double rtol = 0;
  double atol = 0;
};

struct CompareOptions {
  bool requires_grad = false;
  bool inputs = false;
  std::string message;  // RE2 pattern that a message must match where eager throws too
};

struct Threads {
  int intra = 1;
  std::optional<int> inter;  // set only where the case asks

  bool operator<(const Threads& other) const {
    return intra != other.intra ? intra < other.intra : inter < other.inter;
  }
};

struct Timing {
  int call = 0;
  TimingPhase phase = TimingPhase::steady;
};

struct MeasuredRatio {
  std::string libtorch;
  std::string machine;
  double ratio = 0;
};

struct Fix {
  bool graph_dropped = false;   // the real repair removed the graph
  bool free_operators = false;  // right repairs run different operators
};

struct Faithfulness {
  FaithfulnessLevel level = FaithfulnessLevel::high;
  std::string note;
};

/// Which verdict a range of LibTorch versions gives, where it isn't `reproduced`.
struct Expectation {
  std::string libtorch;  // "<2.0", ">=2.6", "==2.14.1", comma-separated for both ends
  Verdict verdict = Verdict::reproduced;
  std::string because;
};

constexpr int kEasiest = 1;
constexpr int kHardest = 3;

struct CaseSpec {
  std::string id;
  std::string folder;                 // absolute path
  std::vector<std::string> variants;  // names of the .cpp files, sorted: buggy, fixed, wrong_...

  std::string title;
  Source source;
  StudyLabels study;
  std::string domain;
  std::string mechanism;
  GraphKind graph = GraphKind::script;
  Symptom symptom = Symptom::wrong_result;
  ExpectedFailure failure;
  std::optional<Tolerance> tolerance;
  CompareOptions compare;
  Threads threads;
  double timeout_s = 10;
  double memory_mb = 1024;
  double min_ratio = 0;
  double min_growth = 0;  // bytes a call
  Timing timing;
  std::vector<MeasuredRatio> measured;
  Fix fix;
  std::string task;
  std::string story;
  std::string lesson;
  std::vector<std::string> hints;  // for students, from vague to concrete; none gives the repair away
  int difficulty = 0;              // 1 to 3; 0: not said
  std::vector<std::string> prerequisites;
  Faithfulness faithfulness;
  std::vector<Expectation> expect;

  /// The variants that are plausible but wrong repairs.
  std::vector<std::string> wrong_variants() const;
};

/// Whether a case is timed, or its memory measured, once its values were judged. Its variants are optimised.
bool is_timed(const CaseSpec& spec);

/// What the case says of a LibTorch version such as "1.13.1"; nullptr where it expects `reproduced`.
const Expectation* expectation_for(const CaseSpec& spec, const std::string& libtorch_version);

/// The verdict that the case expects on a LibTorch version such as "1.13.1".
Verdict expected_verdict(const CaseSpec& spec, const std::string& libtorch_version);

/// Whether `version` lies in `range` ("<2.0", ">=2.6,<2.14"). A malformed range contains nothing.
bool version_in_range(const std::string& version, const std::string& range);
bool is_version_range(const std::string& range);

}  // namespace hybugs
