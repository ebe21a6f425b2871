// Whether a program did what eager did: the first disagreement between two trials.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/core/case_spec.h"
#include "harness/core/trial_record.h"

namespace hybugs {

struct Disagreement {
  enum class Kind : std::uint8_t {
    value,  // same type and shape, other numbers or text
    shape,
    dtype,
    type,   // other shape, element type, kind of value
    count,  // other number of outputs, items or keys
    requires_grad,
    exception,     // threw where eager returned
    no_exception,  // returned where eager threw
    message,       // threw where eager threw, but otherwise than the case accepts
    crash,
    hang,
    out_of_memory,
    missing  // the trial ended before this call for another reason
  };
  Kind kind = Kind::value;
  int call = 0;           // kConstruct: while the program was constructed
  std::string output;     // `output 0`, `output 1[2]['loss']`, `input 0`; empty for exceptions, crashes, hangs
  int output_index = -1;  // first index of `output`, -1 when there is none
  double error = 0;       // value: largest error as a multiple of the tolerance; infinite where no number says it
  std::string expected;   // in words: `-0.17 at [3, 1]`, `Tensor float32 [2, 3]`, `returned`
  std::string got;        // likewise: `threw c10::Error: Sizes of tensors must match`, `crashed by SIGFPE`
  std::string message;    // the exception's message, whole

  /// `call 2, output 0: error 2.3e+05 x tolerance, expected -0.17, got -10.98`, `call 2: crashed by SIGFPE, eager
  /// returned`
  std::string text() const;
};

const char* kind_name(Disagreement::Kind kind);

/// True for the kinds that a user would call a wrong result: all that came back otherwise than eager's, and what came
/// back where eager threw.
bool is_wrong_result(Disagreement::Kind kind);

/// Default tolerance by dtype, as torch.testing; {0, 0} (exact) for integers and bools.
Tolerance default_tolerance(DType dtype);

/// How far two values are apart. nullopt: equal within `limit` times the tolerance. `limit` 0.1 asks for a tenth.
/// The tolerance of a tensor is atol * (largest finite magnitude of `expected`, or 1 if that is 0) + rtol * |expected|,
/// element by element; NaN equals NaN, an infinity equals itself, -0.0 equals 0.0.
std::optional<Disagreement> compare_values(const Value& expected, const Value& actual, const CaseSpec& spec,
                                           const std::string& path, double limit = 1.0);

/// The first disagreement of `actual` with `eager`, call by call; nullopt when there is none. Looks through a
/// call's outputs in order and, for values, reports the largest error of the first output that disagrees.
std::optional<Disagreement> first_disagreement(const TrialRecord& eager, const TrialRecord& actual,
                                               const CaseSpec& spec, double limit = 1.0);

/// Likewise, and then the teardown: a crash or hang of a destructor, where eager has none, counts as one in a call
/// after the last. nullopt: the program is as good as eager.
std::optional<Disagreement> first_trouble(const TrialRecord& eager, const TrialRecord& actual, const CaseSpec& spec);

/// The largest error of a trial that agrees, over all values of all calls: how near it came to disagreeing.
double largest_error(const TrialRecord& eager, const TrialRecord& actual, const CaseSpec& spec);

/// How a trial ended, in words: `completed 5 calls`, `crashed by SIGFPE`, `ran into the time limit`.
std::string ending_text(const TrialRecord& trial);

}  // namespace hybugs
