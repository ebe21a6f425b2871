// What commands print on standard output.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace hybugs {

void print(const std::string& text);

/// Indented, with a line break at the end; text that is no UTF-8 is repaired.
void print_json(const nlohmann::json& json);

}  // namespace hybugs
