#include "harness/io/json_forms.h"

#include <nlohmann/json.hpp>
#include <string>

#include "harness/core/vocabulary.h"
#include "harness/io/json_fields.h"

namespace hybugs {

using nlohmann::json;

json CallForm::write(int call) {
  return call == kConstruct ? json("construct") : json(call);
}

json CallForm::write(const std::optional<int>& call) {
  return call ? write(*call) : json(nullptr);
}

bool CallForm::read(const json& json, int& call) {
  if (json == "construct") {
    call = kConstruct;
    return true;
  }
  return integer_from_json(json, call);
}

bool CallForm::read(const json& json, std::optional<int>& call) {
  call.reset();
  return json.is_null() || read(json, call.emplace());
}

json SignalForm::write(int signal) {
  return signal == 0 ? json(nullptr) : json(signal_name(signal));
}

bool SignalForm::read(const json& json, int& signal) {
  signal = json.is_string() ? signal_number(json.get_ref<const std::string&>()) : 0;
  return signal != 0 || json.is_null();
}

json DroppedForm::write(bool dropped) { return dropped ? "dropped" : "kept"; }

bool DroppedForm::read(const json& json, bool& dropped) {
  dropped = json == "dropped";
  return dropped || json == "kept";
}

json FreeForm::write(bool free) { return free ? json("free") : json(nullptr); }

bool FreeForm::read(const json& json, bool& free) {
  free = json == "free";
  return free || json.is_null();
}

}  // namespace hybugs
