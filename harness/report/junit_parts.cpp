#include "harness/report/junit_parts.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "harness/report/text.h"

namespace hybugs {
namespace {

std::vector<std::pair<const char*, std::string>> properties_of(const Context& context) {
  return {{"date", context.date},
          {"libtorch", context.libtorch},
          {"blas", context.blas},
          {"compiler", context.compiler},
          {"flags", context.flags},
          {"sandbox", context.sandbox},
          {"commit", context.commit},
          {"machine", context.machine},
          {"cores", std::to_string(context.cores)},
          {"memory_bytes", std::to_string(context.memory_bytes)},
          {"kernel", context.kernel},
          {"system", context.system},
          {"governor", context.governor},
          {"load_start", fmt::format("{:.2f}", context.load_start)},
          {"load_end", fmt::format("{:.2f}", context.load_end)},
          {"command", context.command}};
}

bool is_xml_character(char32_t c) {
  return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

}  // namespace

std::string xml_characters(std::string_view text) {
  std::string result;
  for (const CodePoint& code_point : code_points(text)) {
    result += is_xml_character(code_point.value) ? code_point.bytes : kReplacement.bytes;
  }
  return result;
}

void add_properties(tinyxml2::XMLPrinter& printer, const Context& context) {
  Element properties(printer, "properties");
  for (const auto& [name, value] : properties_of(context)) {
    Element property(printer, "property");
    property.attribute("name", name);
    property.attribute("value", value);
  }
}

}  // namespace hybugs
