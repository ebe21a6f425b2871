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

bool CallForm::read(const json& value, int& call) {
  if (value == "construct") {
    call = kConstruct;
    return true;
  }
  return integer_from_json(value, call);
}

bool CallForm::read(const json& value, std::optional<int>& call) {
  call.reset();
  return value.is_null() || read(value, call.emplace());
}

json SignalForm::write(int signal) {
  return signal == 0 ? json(nullptr) : json(signal_name(signal));
}

bool SignalForm::read(const json& value, int& signal) {
  signal = value.is_string() ? signal_number(value.get_ref<const std::string&>()) : 0;
  return signal != 0 || value.is_null();
}

json DroppedForm::write(bool dropped) {
  return dropped ? "dropped" : "kept";
}

bool DroppedForm::read(const json& value, bool& dropped) {
  dropped = value == "dropped";
  return dropped || value == "kept";
}

json FreeForm::write(bool free) {
  return free ? json("free") : json(nullptr);
}

bool FreeForm::read(const json& value, bool& free) {
  free = value == "free";
  return free || value.is_null();
}

}  // namespace hybugs
