#include "tools/hybugs/seeds.h"

#include <charconv>
#include <sstream>

namespace hybugs {
namespace {

constexpr std::uint64_t kMaxSeeds = 100'000;

bool parse_number(const std::string& text, std::uint64_t& number) {
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  return parsed.ec == std::errc() && parsed.ptr == end && !text.empty();
}

// `7` or `9-12`.
bool parse_range(const std::string& text, std::uint64_t& first, std::uint64_t& last) {
  const auto dash = text.find('-');
  if (!parse_number(text.substr(0, dash), first)) return false;
  last = first;
  if (dash == std::string::npos) return true;
  return parse_number(text.substr(dash + 1), last) && last >= first;
}

}  // namespace

Result<std::vector<std::uint64_t>> parse_seeds(const std::string& text) {
  const Unexpected error(Error{"", 0, "'" + text + "' is no list of seeds", "write 5 (seeds 0 to 4) or 0,7,9-12"});
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::vector<std::uint64_t> seeds;
  if (parse_number(text, last)) {
    if (last == 0 || last > kMaxSeeds) return error;
    for (std::uint64_t seed = 0; seed < last; ++seed) seeds.push_back(seed);
    return seeds;
  }
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    if (!parse_range(part, first, last) || last - first + seeds.size() >= kMaxSeeds) return error;
    for (std::uint64_t seed = first;; ++seed) {
      seeds.push_back(seed);
      if (seed == last) break;
    }
  }
  if (seeds.empty()) return error;
  return seeds;
}

}  // namespace hybugs
