#include "harness/exec/candidate_lint.h"

#include <cxxabi.h>
#include <fmt/format.h>
#include <re2/re2.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <sstream>

#include "harness/exec/spawn.h"

namespace hybugs {
namespace {

constexpr double kSeconds = 60;

std::string demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status),
                                                    std::free);
  return status == 0 ? name.get() : symbol;
}

// C++: the namespaces that programs use, without what observes, loads, schedules or touches files.
bool is_allowed_cxx(const std::string& name) {
  static const RE2 kForbidden(
      "RecordFunction|record_function|RecordScope|Callback|profiler|DynamicLibrary|FatalSignal|"
      "basic_filebuf|basic_[io]?fstream|filesystem|random_device|this_thread|"
      "set_num_interop_threads|TensorExprFuser|registerOperator|RegisterOperators|torch::Library|class_base|"
      "PrintHandler|Allocator|ThreadLocalDebugInfo|GraphExecutorState|lastExecuted");
  static const RE2 kAllowed(
      R"((?:(?:typeinfo|vtable|VTT|guard variable|typeinfo name|non-virtual thunk to|construction vtable) (?:for )?)?)"
      R"(.*\b(?:at|c10|torch|caffe2|std|__cxxabiv1|__gnu_cxx)::.*|operator (?:new|delete).*)");
  return RE2::FullMatch(name, kAllowed) && !RE2::PartialMatch(name, kForbidden);
}

// C: memory, strings, mathematics, what compilers call by themselves, printing.
bool is_allowed_c(const std::string& symbol) {
  static const RE2 kAllowed(
      "_?_?(?:"
      "mem(?:cpy|move|set|cmp|chr|rchr|mem)|bcmp|bzero|str[a-z]+|wcs[a-z]+|wmem[a-z]+|mb[a-z]+|is[a-z]+|to(?:lower|"
      "upper)|"
      "malloc|calloc|realloc|free|posix_memalign|aligned_alloc|"
      "l?l?abs|l?l?div|rand|srand|random|srandom|qsort|bsearch|"
      "(?:a?(?:sin|cos|tan)h?|atan2|exp[2m]?1?|log(?:10|1p|2|b)?|pow|sqrt|cbrt|hypot|fmod|remainder|fabs|floor|ceil|"
      "round|"
      "rint|trunc|nearbyint|l?l?rint|l?l?round|copysign|nextafter|erfc?|[lt]gamma|fma|fmax|fmin|fdim|frexp|ldexp|modf|"
      "scalbl?n|sincos|signbit|ilogb)[fl]?|c(?:abs|arg|exp|log|pow|sqrt|a?(?:sin|cos|tan)h?|proj|imag|real|onj)[fl]?|"
      "(?:v?s?n?f?printf|puts|putchar|fputs|fputc|fwrite|fflush)(?:_chk)?|stdout|stderr|stdin|"
      "(?:memcpy|memmove|memset|str[a-z]+|v?s?n?f?printf)_chk|"
      "assert_fail|errno_location|stack_chk_fail|abort|"
      "cxa_[a-z_]+|gxx_personality_v0|Unwind_[A-Za-z]+|dso_handle|gmon_start__|tls_get_addr|clang_call_terminate|"
      "ITM_[A-Za-z]+|dynamic_cast|once_proxy|libc_single_threaded|"
      "pthread_(?:mutex_[a-z]+|once|key_[a-z]+|create|join|cond_[a-z]+|self|equal)|"
      "(?:u?div|u?mod|mul|add|sub|fix|float|extend|trunc|neg|cmp|pow)[a-z]*[0-9])");
  return RE2::FullMatch(symbol, kAllowed);
}

bool is_compiler_initialiser(const std::string& name) {
  static const RE2 kOwn(R"(frame_dummy|_GLOBAL__sub_I_\S+|_GLOBAL__I_\S+|__cxx_global_var_init\S*)");
  return RE2::FullMatch(name, kOwn);
}

struct Range {
  std::uint64_t begin = 0;
  std::uint64_t size = 0;
  bool contains(std::uint64_t address) const { return address >= begin && address - begin < size; }
};

}  // namespace

LibraryFacts parse_library_facts(const std::string& readelf, bool system_calls) {
  LibraryFacts facts;
  facts.system_calls = system_calls;
  static const RE2 kSection(
      R"(\s*\[\s*\d+\]\s+\.(?:init_array|preinit_array)\s+\S+\s+([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+).*)");
  static const RE2 kRelative(R"(([0-9a-f]+)\s+[0-9a-f]+\s+R_\w+_RELATIVE\s+([0-9a-f]+)\s*)");
  static const RE2 kSymbolic(R"(([0-9a-f]+)\s+[0-9a-f]+\s+R_\w+\s+[0-9a-f]+\s+(\S+).*)");
  static const RE2 kUndefined(R"(\s*\d+:\s+[0-9a-f]+\s+\d+\s+\w+\s+(?:GLOBAL|WEAK|UNIQUE)\s+\w+\s+UND\s+([^@\s]+).*)");
  static const RE2 kFunction(R"(\s*\d+:\s+([0-9a-f]+)\s+\d+\s+FUNC\s+\w+\s+\w+\s+\d+\s+([^@\s]+).*)");
  static const RE2 kCode(
      R"(\s*\[\s*\d+\]\s+(\S+)\s+\S+\s+[0-9a-f]+\s+[0-9a-f]+\s+[0-9a-f]+\s+[0-9a-f]+\s+\S*X\S*\s.*)");
  static const RE2 kUsualCode(R"(\.(?:init|fini|text\S*|plt\S*))");
  Range initialisers;
  std::map<std::uint64_t, std::uint64_t> relative;  // where -> what
  std::map<std::uint64_t, std::string> functions;
  std::istringstream lines(readelf);
  std::uint64_t where = 0;
  std::uint64_t what = 0;
  std::string name;
  // Thousands of lines: a word decides which pattern is worth a try.
  const auto has = [](const std::string& line, const char* word) { return line.find(word) != std::string::npos; };
  for (std::string line; std::getline(lines, line);) {
    if (has(line, "INIT_ARRAY")) {
      RE2::FullMatch(line, kSection, RE2::Hex(&initialisers.begin), RE2::Hex(&initialisers.size));
    } else if (has(line, "PROGBITS")) {
      const bool code = RE2::FullMatch(line, kCode, &name);
      if (code && !RE2::FullMatch(name, kUsualCode)) facts.odd_code.push_back(name);
    } else if (has(line, "_RELATIVE ")) {
      if (RE2::FullMatch(line, kRelative, RE2::Hex(&where), RE2::Hex(&what))) relative[where] = what;
    } else if (has(line, " UND ")) {
      if (RE2::FullMatch(line, kUndefined, &name)) facts.imports.insert(name);
    } else if (has(line, " FUNC ")) {
      if (RE2::FullMatch(line, kFunction, RE2::Hex(&where), &name)) functions.emplace(where, name);
    } else if (has(line, " R_")) {
      const bool symbolic = RE2::FullMatch(line, kSymbolic, RE2::Hex(&where), &name);
      if (symbolic && initialisers.contains(where)) facts.initialisers.push_back(name);
    }
  }
  for (const auto& [place, target] : relative) {
    if (!initialisers.contains(place)) continue;
    const auto function = functions.find(target);
    facts.initialisers.push_back(function == functions.end() ? "?" : function->second);
  }
  return facts;
}

Result<LibraryFacts> read_library_facts(const CandidateSandbox& sandbox, const std::string& library, int slot) {
  const std::string script =
      "objdump -d --no-show-raw-insn /library | grep -cE '\\b(syscall|sysenter|int +\\$0x80)' || true\n"
      "readelf -W -S -r -s /library";
  CandidateLimits limits;
  limits.cpu_seconds = static_cast<int>(kSeconds);
  const auto output = run_command(
      {sandbox.wrap({"bash", "-c", script}, {}, {{library, "/library"}}, limits, slot), {}, {}, "/", true}, kSeconds);
  if (!output) return Unexpected(output.error());
  if (!output->ok()) return Unexpected(Error{library, 0, "readelf failed: " + output->output.substr(0, 200), ""});
  return parse_library_facts(output->output, std::atoi(output->output.c_str()) > 0);
}

bool may_import(const std::string& symbol, const std::set<std::string>& known) {
  if (known.count(symbol) != 0) return true;
  const std::string name = demangled(symbol);
  return name == symbol ? is_allowed_c(symbol) : is_allowed_cxx(name);
}

std::optional<EvaluationVerdict> lint_candidate(const LibraryFacts& facts, const std::set<std::string>& known) {
  const auto reject = [](const std::string& why) {
    return EvaluationVerdict{EvaluationStatus::rejected, why, std::nullopt};
  };
  for (const std::string& symbol : facts.imports) {
    if (!may_import(symbol, known)) return reject(fmt::format("uses {}, which no program needs", demangled(symbol)));
  }
  for (const std::string& name : facts.initialisers) {
    if (!is_compiler_initialiser(name)) return reject(fmt::format("runs {} when it is loaded", demangled(name)));
  }
  if (!facts.odd_code.empty()) return reject("has code in the section " + facts.odd_code.front());
  if (facts.system_calls) return reject("makes system calls by itself");
  return std::nullopt;
}

}  // namespace hybugs
