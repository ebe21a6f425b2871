#include "tools/try/settings.h"

#include <nlohmann/json.hpp>

#include "harness/core/vocabulary.h"

namespace hybugs {
namespace {

using nlohmann::json;

template <typename Enum>
Enum word(const json& settings, const char* key, bool& known) {
  const auto found = from_string<Enum>(settings.at(key).get<std::string>());
  known = known && found.has_value();
  return found.value_or(Enum{});
}

// Throws json::exception for what isn't there or has another type.
Result<CaseSpec> read(const json& settings) {
  CaseSpec spec;
  bool known = true;
  spec.symptom = word<Symptom>(settings, "symptom", known);
  spec.timeout_s = settings.at("timeout_s").get<double>();
  spec.memory_mb = settings.at("memory_mb").get<double>();
  const json& threads = settings.at("threads");
  spec.threads.intra = threads.at("intra").get<int>();
  if (threads.contains("inter")) spec.threads.inter = threads.at("inter").get<int>();
  if (settings.contains("tolerance")) {
    const json& tolerance = settings.at("tolerance");
    spec.tolerance = Tolerance{tolerance.at("rtol").get<double>(), tolerance.at("atol").get<double>()};
  }
  const json& compare = settings.at("compare");
  spec.compare = {compare.at("requires_grad").get<bool>(), compare.at("inputs").get<bool>(),
                  compare.at("message").get<std::string>()};
  if (settings.contains("timing")) {
    const json& timing = settings.at("timing");
    spec.timing = {timing.at("call").get<int>(), word<TimingPhase>(timing, "phase", known)};
  }
  if (!known) return Unexpected(Error{"", 0, "no settings of a task: unknown symptom or phase", ""});
  return spec;
}

}  // namespace

json settings_json(const CaseSpec& spec) {
  json settings = {{"symptom", to_string(spec.symptom)},
                   {"timeout_s", spec.timeout_s},
                   {"memory_mb", spec.memory_mb},
                   {"threads", {{"intra", spec.threads.intra}}},
                   {"compare",
                    {{"requires_grad", spec.compare.requires_grad},
                     {"inputs", spec.compare.inputs},
                     {"message", spec.compare.message}}}};
  if (spec.threads.inter) settings["threads"]["inter"] = *spec.threads.inter;
  if (spec.tolerance) settings["tolerance"] = {{"rtol", spec.tolerance->rtol}, {"atol", spec.tolerance->atol}};
  if (spec.symptom == Symptom::slow) {
    settings["timing"] = {{"call", spec.timing.call}, {"phase", to_string(spec.timing.phase)}};
  }
  return settings;
}

Result<CaseSpec> settings_from_json(const json& settings) {
  try {
    return read(settings);
  } catch (const json::exception& error) {
    return Unexpected(Error{"", 0, std::string("no settings of a task: ") + error.what(), ""});
  }
}

}  // namespace hybugs
