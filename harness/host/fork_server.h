// The fork server: LibTorch loaded once, a forked child for each trial.
#pragma once

#include "harness/os/fd.h"

namespace hybugs {

/// Serves trial requests from the control socket until it closes. One trial at a time; between trials all descendants
/// that a trial left behind are killed. No tensor operation runs in this process: a forked copy of a running thread
/// pool would be broken.
///
/// Messages in: {op: run} with descriptors record, control, stdout, stderr.
/// Messages out: {event: hello} with a pidfd of the host; {event: started} with a pidfd of the trial
/// (through which the parent kills it);
/// {event: ended, status, stragglers}.
void serve(int control_socket);

}  // namespace hybugs
