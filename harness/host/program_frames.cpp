#include "harness/host/program_frames.h"

#include <link.h>
#include <unwind.h>

#include <algorithm>
#include <functional>

namespace hybugs {
namespace {

using Range = std::pair<std::uintptr_t, std::uintptr_t>;

std::vector<Range> code_of(const dl_phdr_info& object) {
  std::vector<Range> ranges;
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const auto& segment = object.dlpi_phdr[i];
    if (segment.p_type != PT_LOAD || (segment.p_flags & PF_X) == 0) continue;
    const std::uintptr_t begin = object.dlpi_addr + segment.p_vaddr;
    ranges.emplace_back(begin, begin + segment.p_memsz);
  }
  return ranges;
}

bool contains(const std::vector<Range>& ranges, std::uintptr_t address) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return range.first <= address && address < range.second; });
}

void for_each_object(const std::function<void(const dl_phdr_info&)>& visit) {
  ::dl_iterate_phdr(
      [](dl_phdr_info* object, std::size_t, void* context) {
        (*static_cast<const std::function<void(const dl_phdr_info&)>*>(context))(*object);
        return 0;
      },
      const_cast<std::function<void(const dl_phdr_info&)>*>(&visit));
}

struct Walk {
  const std::function<bool(std::uintptr_t)>& is_framework;
  std::uintptr_t found = 0;
};

_Unwind_Reason_Code visit_frame(_Unwind_Context* context, void* data) {
  auto& walk = *static_cast<Walk*>(data);
  // A return address may lie behind the last instruction of its function.
  if (walk.is_framework(_Unwind_GetIP(context) - 1)) return _URC_NO_REASON;
  walk.found = _Unwind_GetCFA(context);
  return _URC_END_OF_STACK;
}

}  // namespace

ProgramFrames::ProgramFrames(const void* inside) {
  for_each_object([&](const dl_phdr_info& object) {
    const auto code = code_of(object);
    if (contains(code, reinterpret_cast<std::uintptr_t>(inside))) return;
    framework_.insert(framework_.end(), code.begin(), code.end());
  });
  std::sort(framework_.begin(), framework_.end());
}

bool ProgramFrames::is_framework(std::uintptr_t instruction) const {
  const auto after = std::upper_bound(framework_.begin(), framework_.end(), Range(instruction, UINTPTR_MAX));
  return after != framework_.begin() && instruction < std::prev(after)->second;
}

std::uintptr_t ProgramFrames::innermost() const {
  const std::function<bool(std::uintptr_t)> known = [this](std::uintptr_t address) { return is_framework(address); };
  Walk walk{known};
  _Unwind_Backtrace(visit_frame, &walk);
  return walk.found;
}

}  // namespace hybugs
