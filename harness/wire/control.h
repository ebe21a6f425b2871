// The control socket between the command line program and a host: datagrams that may carry file descriptors.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "harness/os/fd.h"

namespace hybugs {

struct ControlMessage {
  nlohmann::json content;
  std::vector<Fd> descriptors;
};

struct ControlSockets {
  Fd ours;
  Fd theirs;
};

/// A connected pair of close-on-exec SOCK_SEQPACKET sockets.
ControlSockets make_control_sockets();

bool send_control(int socket, const nlohmann::json& content, const std::vector<int>& descriptors = {});

/// nullopt: the other side is gone, or (`blocking` false) nothing is there; `closed` tells which.
std::optional<ControlMessage> receive_control(int socket, bool blocking, bool& closed);

}  // namespace hybugs
