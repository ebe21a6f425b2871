// System calls that a candidate may not make.
#pragma once

#include <string>

#include "harness/core/error.h"
#include "harness/os/fd.h"

namespace hybugs {

/// A filter for bwrap's `--seccomp`, as a file in memory: a BPF program made by libseccomp (seccomp_export_bpf(3)).
/// Calls that hide memory from the judge's count (nameless files, System V segments), look into other processes, or
/// reach parts of the kernel that no tensor program needs, fail with EPERM; the rest is allowed. Sockets are those of
/// the own machine only.
Result<Fd> make_syscall_filter();

}  // namespace hybugs
