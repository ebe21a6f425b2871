// Members that look otherwise in JSON than in C++, as case.yaml spells them. Internal to io/.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "harness/core/case_spec.h"

namespace hybugs {

/// An index of a call, or `construct`.
struct CallForm {
  static nlohmann::json write(int call);
  static nlohmann::json write(const std::optional<int>& call);
  static bool read(const nlohmann::json& json, int& call);
  static bool read(const nlohmann::json& json, std::optional<int>& call);
};

/// `SIGFPE`, or null for any.
struct SignalForm {
  static nlohmann::json write(int signal);
  static bool read(const nlohmann::json& json, int& signal);
};

/// `dropped` or `kept`.
struct DroppedForm {
  static nlohmann::json write(bool dropped);
  static bool read(const nlohmann::json& json, bool& dropped);
};

/// `free`, or null.
struct FreeForm {
  static nlohmann::json write(bool free);
  static bool read(const nlohmann::json& json, bool& free);
};

}  // namespace hybugs
