// Containment of untrusted native code: candidates, and their compilation.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/exec/sandbox.h"
#include "harness/os/fd.h"

namespace hybugs {

/// A file or folder of this machine, seen read-only under another path.
struct Mount {
  std::string path;
  std::string inside;
};

/// Candidates run as users from here on where the harness is root: numbers that no account has (Debian: users end at
/// 59999, systemd's dynamic ones begin at 61184).
inline constexpr int kFirstCandidateUser = 60200;

struct CandidateLimits {
  int cpu_seconds = 600;                       // of each process
  std::int64_t file_bytes = 64LL << 20;        // of each file
  std::int64_t temporary_bytes = 128LL << 20;  // of /tmp, all files together
  int processes = 256;                         // threads included
  std::int64_t address_space = 0;              // of each process; 0: none
};

/// How a candidate is kept apart, from strong to weak.
enum class CandidateLevel : std::uint8_t {
  namespaces,  // own network, process, user, mount, IPC and UTS namespaces and a filter of system calls; only the
               // system and its mounts are seen
  weak         // limits only: the candidate sees this machine's files, network and processes
};

/// bubblewrap (https://github.com/containers/bubblewrap) around an unprivileged user. Started as root, the process
/// first becomes a user of its own without privileges: RLIMIT_NPROC doesn't bind root, not even in a user namespace.
/// Each `slot` has another user, so that the limit counts each candidate's processes apart.
class CandidateSandbox {
 public:
  /// Tries what this machine allows.
  static CandidateSandbox probe();

  CandidateLevel level() const { return level_; }
  /// Why it isn't `namespaces`; empty if it is.
  const std::string& reason() const { return reason_; }

  /// `arguments` as to be started: inside there are /usr, the mounts, an empty /tmp, nothing else.
  std::vector<std::string> wrap(const std::vector<std::string>& arguments, const Environment& environment,
                                const std::vector<Mount>& mounts, const CandidateLimits& limits, int slot) const;

 private:
  CandidateLevel level_ = CandidateLevel::namespaces;
  std::string reason_;
  std::shared_ptr<Fd> filter_;  // of system calls
  std::string filter_path_;
};

const char* level_name(CandidateLevel level);

}  // namespace hybugs
