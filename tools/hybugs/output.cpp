#include "tools/hybugs/output.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace hybugs {

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void print_json(const nlohmann::json& json) {
  print(json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

}  // namespace hybugs
