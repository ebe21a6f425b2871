#include "harness/io/symptom_yaml.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <initializer_list>

#include "harness/core/vocabulary.h"
#include "harness/io/yaml_parts.h"

namespace hybugs {
namespace {

class SymptomReader {
 public:
  explicit SymptomReader(CaseSpec& spec) : spec_(spec) {}

  void read_all(YamlMap& map) {
    symptom_known_ = map.require("symptom", spec_.symptom);
    why_ = fmt::format("symptom {} needs it", to_string(spec_.symptom));
    read_failure(map);
    read_bounds(map);
    read_timing(map);
  }

 private:
  void read_failure(YamlMap& map) {
    read_part(map, "failure", need_for(Symptom::exception), [this](YamlMap& failure) {
      read_call(failure);
      read_output(failure);
      read_message(failure);
      read_signal(failure);
    });
  }

  void read_call(YamlMap& failure) {
    belongs_to(failure, "call", {Symptom::wrong_result, Symptom::exception, Symptom::crash, Symptom::hang});
    int call = 0;
    if (failure.scalar("call") == "construct") {
      failure.expect("call");
      spec_.failure.call = kConstruct;
    } else if (read_number(failure, "call", call, at_least(0), Need::optional)) {
      spec_.failure.call = call;
    }
  }

  void read_output(YamlMap& failure) {
    belongs_to(failure, "output", {Symptom::wrong_result});
    int output = 0;
    if (read_number(failure, "output", output, at_least(0), Need::optional)) spec_.failure.output = output;
  }

  void read_message(YamlMap& failure) {
    belongs_to(failure, "message", {Symptom::exception});
    read_pattern(failure, "message", spec_.failure.message, need_for(Symptom::exception), why_);
  }

  void read_signal(YamlMap& failure) {
    belongs_to(failure, "signal", {Symptom::crash});
    std::string name;
    if (!failure.read("signal", name)) return;
    spec_.failure.signal = signal_number(name);
    if (spec_.failure.signal == 0) {
      failure.unknown_word("signal", name, {"SIGSEGV", "SIGABRT", "SIGFPE", "SIGBUS", "SIGILL", "SIGTRAP"});
    }
  }

  void read_bounds(YamlMap& map) {
    belongs_to(map, "min_ratio", {Symptom::slow});
    belongs_to(map, "min_growth", {Symptom::memory});
    read_number(map, "min_ratio", spec_.min_ratio, above(1), need_for(Symptom::slow), why_);
    read_number(map, "min_growth", spec_.min_growth, above(0), need_for(Symptom::memory), why_);
  }

  void read_timing(YamlMap& map) {
    belongs_to(map, "timing", {Symptom::slow});
    belongs_to(map, "measured", {Symptom::slow});
    read_part(map, "timing", need_for(Symptom::slow), [this](YamlMap& timing) {
      read_number(timing, "call", spec_.timing.call, at_least(0), Need::optional);
      timing.read("phase", spec_.timing.phase);
    });
    map.read_list("measured", [this](YamlMap& item) { read_measured(item); });
  }

  void read_measured(YamlMap& map) {
    MeasuredRatio& measured = spec_.measured.emplace_back();
    map.require("libtorch", measured.libtorch);
    map.require("machine", measured.machine);
    read_number(map, "ratio", measured.ratio, above(0), Need::required);
  }

  void read_part(YamlMap& map, const std::string& key, Need need, const YamlMap::Reader& reader) {
    if (need == Need::required) {
      map.require_map(key, reader, why_);
    } else {
      map.read_map(key, reader);
    }
  }

  Need need_for(Symptom symptom) const {
    return symptom_known_ && spec_.symptom == symptom ? Need::required : Need::optional;
  }

  void belongs_to(YamlMap& map, const std::string& key, std::initializer_list<Symptom> symptoms) {
    const bool belongs = std::count(symptoms.begin(), symptoms.end(), spec_.symptom) > 0;
    if (belongs || !symptom_known_ || !map.has(key)) return;
    std::vector<std::string> owners;
    for (const Symptom symptom : symptoms) owners.push_back(to_string(symptom));
    map.error(key, fmt::format("{} makes no sense for symptom {}", map.path(key), to_string(spec_.symptom)),
              fmt::format("it belongs to {}", fmt::join(owners, ", ")));
  }

  CaseSpec& spec_;
  bool symptom_known_ = false;
  std::string why_;  // a key is needed
};

}  // namespace

void read_symptom(YamlMap& map, CaseSpec& spec) {
  SymptomReader(spec).read_all(map);
}

}  // namespace hybugs
