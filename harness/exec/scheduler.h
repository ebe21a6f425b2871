// Spreads items over threads.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace hybugs {

/// Calls `task(item, thread)` for every item below `count`, in order of the items, on `jobs` threads. No new item
/// starts once `stop` is set. Returns when all started ones are done.
void for_each_parallel(std::size_t count, int jobs, const std::atomic<bool>& stop,
                       const std::function<void(std::size_t item, int thread)>& task);

/// Sets the flag that it returns on SIGINT, SIGTERM and SIGHUP; a second signal ends the process at once.
const std::atomic<bool>& stop_on_signals();

/// The same flag, signals left alone.
const std::atomic<bool>& stop_flag();

/// Sets the same flag: nothing more can be done, such as when results can't be written.
void request_stop();

}  // namespace hybugs
