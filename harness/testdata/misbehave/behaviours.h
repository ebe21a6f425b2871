// The bad manners of misbehave.cpp, as seeds of its scenario.
#pragma once

namespace hybugs::testing {

enum class Behaviour {
  well,
  segfault,
  abort,
  terminate,
  exit_zero,
  exit_now,
  hang,
  spin,
  throw_number,
  throw_long_message,
  daemon,
  flood_output,
  close_descriptors,
  allocate,
  return_nothing,
  return_other_type,
  return_nan,
  return_megabytes,
  return_gigabytes,
  kill_parent,
  forge_record,
  hang_in_destructor,
  crash_in_destructor
};

}  // namespace hybugs::testing
