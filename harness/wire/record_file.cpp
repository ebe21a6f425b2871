#include "harness/wire/record_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "harness/core/vocabulary.h"
#include "harness/os/fd.h"
#include "harness/wire/record_builder.h"

namespace hybugs {
namespace {

using nlohmann::json;

constexpr std::uint64_t kLargestFile = 8ULL << 30;

json ending_of(const TrialRecord& record) {
  json ending = {{"outcome", to_string(record.outcome)},
                 {"teardown", to_string(record.teardown)},
                 {"signal", record.signal},
                 {"seconds", record.seconds},
                 {"detail", record.detail},
                 {"stale", record.stale},
                 {"output", record.standard_output},
                 {"errors", record.standard_error}};
  if (record.exit_code) ending["exit_code"] = *record.exit_code;
  return ending;
}

bool set_ending(const json& ending, TrialRecord& record) {
  const auto outcome = from_string<Outcome>(ending.value("outcome", ""));
  const auto teardown = from_string<Teardown>(ending.value("teardown", ""));
  if (!outcome || !teardown) return false;
  record.outcome = *outcome;
  record.teardown = *teardown;
  record.signal = ending.value("signal", 0);
  record.seconds = ending.value("seconds", 0.0);
  record.detail = ending.value("detail", "");
  record.stale = ending.value("stale", false);
  record.standard_output = ending.value("output", "");
  record.standard_error = ending.value("errors", "");
  if (ending.contains("exit_code")) record.exit_code = ending.value("exit_code", 0);
  return true;
}

bool write_trial(int fd, const KeptTrial& trial) {
  const TrialRecord& record = trial.record;
  if (!write_frame(fd, {{"kind", "trial"}, {"label", trial.label}, {"ending", ending_of(record)}})) return false;
  if (record.scenario_size > 0 && !write_frame(fd, frames::scenario(record.scenario_size))) return false;
  if (record.constructed && !write_frame(fd, frames::constructed())) return false;
  if (record.construct && !write_frame(fd, frames::construct_threw(*record.construct))) return false;
  for (const CallRecord& call : record.calls) {
    FrameBody body;
    const json header = frames::call(call, body);
    if (!write_frame(fd, header, body)) return false;
  }
  for (const CallRecord& call : record.second_pass) {
    FrameBody body;
    const json header = frames::second_call(call, body);
    if (!write_frame(fd, header, body)) return false;
  }
  return write_frame(fd, frames::end(record.peak_bytes, record.graph));
}

Unexpected broken(const std::string& path) {
  return Unexpected(Error{path, 0, "is no file of trials, or was cut off", "evaluate again into another folder"});
}

}  // namespace

Result<void> write_trials(const std::string& path, const std::vector<KeptTrial>& trials) {
  const std::string fresh = path + ".part";
  Fd fd(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  bool written = fd.valid();
  for (const KeptTrial& trial : trials) written = written && write_trial(fd.get(), trial);
  written = written && ::fsync(fd.get()) == 0 && std::rename(fresh.c_str(), path.c_str()) == 0;
  if (written) return {};
  return Unexpected(Error{path, 0, std::string("cannot write: ") + std::strerror(errno), "free some space"});
}

Result<std::vector<KeptTrial>> read_trials(const std::string& path) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.valid()) return Unexpected(Error{path, 0, std::string("cannot read: ") + std::strerror(errno), ""});
  std::vector<KeptTrial> trials;
  FrameDecoder decoder(kLargestFile);
  RecordBuilder builder;
  json ending;
  bool open = false;
  for (;;) {
    const auto space = decoder.space();
    const ssize_t size = ::read(fd.get(), space.data, space.size);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    decoder.received(static_cast<std::size_t>(size));
    while (auto frame = decoder.next()) {
      if (text_at(frame->header, "kind") == "trial") {
        if (open) return broken(path);
        open = true;
        builder = RecordBuilder();
        ending = frame->header["ending"];
        trials.push_back({frame->header["label"], {}});
        continue;
      }
      if (!open) return broken(path);
      builder.add(*frame);
      if (!builder.ended()) continue;
      open = false;
      trials.back().record = std::move(builder.record());
      if (!set_ending(ending, trials.back().record)) return broken(path);
    }
  }
  if (open || decoder.broken()) return broken(path);
  return trials;
}

}  // namespace hybugs
