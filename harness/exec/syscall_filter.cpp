#include "harness/exec/syscall_filter.h"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>

namespace hybugs {
namespace {

// libseccomp numbers calls that a machine lacks below zero and leaves them out.
constexpr int kForbidden[] = {
    // memory that belongs to no process's resident set
    SCMP_SYS(memfd_create), SCMP_SYS(memfd_secret), SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(shmctl),
    SCMP_SYS(semget), SCMP_SYS(msgget), SCMP_SYS(mq_open),
    // other processes
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp), SCMP_SYS(pidfd_getfd),
    // parts of the kernel with a history of holes
    SCMP_SYS(userfaultfd), SCMP_SYS(perf_event_open), SCMP_SYS(bpf), SCMP_SYS(io_uring_setup), SCMP_SYS(keyctl),
    SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(fanotify_init), SCMP_SYS(open_by_handle_at), SCMP_SYS(unshare),
    SCMP_SYS(setns), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot)};

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool forbid(scmp_filter_ctx filter, int call) {
  // Bigger or smaller than any call of this machine: the call is not there.
  return call < 0 || seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
}

bool fill(scmp_filter_ctx filter) {
  for (int call : kForbidden) {
    if (!forbid(filter, call)) return false;
  }
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, SCMP_A0_32(SCMP_CMP_NE, AF_UNIX, 0)) == 0;
}

}  // namespace

Result<Fd> make_syscall_filter() {
  const auto failure = [](const char* what) { return Unexpected(Error{"", 0, what, "run `hybugs doctor`"}); };
  const Filter filter(seccomp_init(SCMP_ACT_ALLOW), seccomp_release);
  if (!filter || !fill(filter.get())) return failure("libseccomp can't make the filter of system calls");
  Fd file(::memfd_create("syscall-filter", MFD_CLOEXEC));
  if (!file.valid() || seccomp_export_bpf(filter.get(), file.get()) != 0)
    return failure("the filter of system calls can't be written");
  return file;
}

}  // namespace hybugs
