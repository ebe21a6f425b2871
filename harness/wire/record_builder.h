// Puts a TrialRecord together from the frames that a trial sent.
#pragma once

#include "harness/core/trial_record.h"
#include "harness/wire/frame.h"

namespace hybugs {

class RecordBuilder {
 public:
  /// Frames that make no sense are counted as broken and change nothing else: the sender isn't trusted.
  void add(const Frame& frame);

  bool ended() const { return ended_; }
  bool refused() const { return refused_; }
  bool broken() const { return broken_; }
  TrialRecord& record() { return record_; }

 private:
  void add_call(const Frame& frame, std::vector<CallRecord>& calls);
  bool read_call(const Frame& frame, CallRecord& call);

  TrialRecord record_;
  bool ended_ = false;
  bool refused_ = false;
  bool broken_ = false;
};

/// The headers that a trial writes; RecordBuilder reads them.
namespace frames {
nlohmann::json refused(const std::string& why, bool stale);
nlohmann::json scenario(int size);
nlohmann::json constructed();
nlohmann::json construct_threw(const Thrown& thrown);
nlohmann::json call(const CallRecord& call, FrameBody& body);
/// A call of the second pass of an observing trial.
nlohmann::json second_call(const CallRecord& call, FrameBody& body);
/// Time mode: the body holds the tensors of a `call` that follows without one.
nlohmann::json elements();
nlohmann::json end(std::int64_t peak_bytes, const std::string& graph);
}  // namespace frames

}  // namespace hybugs
