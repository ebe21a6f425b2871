// Frames: how a trial's record travels from the trial to the command line program.
//
// A frame is a preamble (header size: 4 bytes, body size: 8 bytes, little endian), a CBOR header and a body of raw
// tensor elements. Tensors stay outside the CBOR because its decoder is slow on bytes (134 MB/s measured).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/error.h"
#include "harness/core/value.h"

namespace hybugs {

/// The body of a frame that is being built: segments that stay where they are until they are written.
class FrameBody {
 public:
  /// Adds a tensor's elements and returns their offset, a multiple of 16.
  std::uint64_t add(const Tensor& tensor);
  /// The same for `size` bytes, kept alive by `owner` or, where there is none, by the caller.
  std::uint64_t add(const std::byte* data, std::size_t size, std::shared_ptr<const void> owner = nullptr);

  struct Segment {
    const std::byte* data;
    std::size_t size;
    std::shared_ptr<const void> owner;
  };
  const std::vector<Segment>& segments() const { return segments_; }
  std::uint64_t size() const { return size_; }

 private:
  std::vector<Segment> segments_;
  std::uint64_t size_ = 0;
};

/// Writes one frame. False when the reader is gone.
bool write_frame(int fd, const nlohmann::json& header, const FrameBody& body = {});

struct Frame {
  nlohmann::json header;
  std::shared_ptr<std::byte[]> body;
  std::uint64_t body_size = 0;
};

/// Members of a header that somebody untrusted sent: an empty text or 0 where it isn't there or of another type.
std::string text_at(const nlohmann::json& object, const char* key);
std::int64_t integer_at(const nlohmann::json& object, const char* key);

/// Splits a stream of bytes into frames. The sender isn't trusted: sizes are limited, nothing throws.
class FrameDecoder {
 public:
  /// `limit`: bytes that all frames together may have.
  explicit FrameDecoder(std::uint64_t limit) : limit_(limit) {}

  struct Space {
    std::byte* data;
    std::size_t size;
  };
  /// Where the next bytes of the stream belong; big bodies are received in place.
  Space space();
  /// Says that `size` bytes were put there.
  void received(std::size_t size);

  /// The next whole frame, in order.
  std::optional<Frame> next();

  bool broken() const { return broken_; }  // no frame, or one that no trial sends: nothing more is accepted
  bool over_limit() const { return over_limit_; }

 private:
  enum class Part : std::uint8_t { preamble, header, body };
  void begin_part();
  void end_of_part();

  std::uint64_t limit_;
  std::uint64_t total_ = 0;
  Part part_ = Part::preamble;
  std::byte preamble_[12] = {};
  std::vector<std::byte> header_;
  Frame frame_;
  std::uint64_t filled_ = 0;
  std::vector<Frame> ready_;
  std::size_t next_ = 0;
  bool broken_ = false;
  bool over_limit_ = false;
};

/// Values to and from a frame. Decoding checks every offset and size against the body.
nlohmann::json encode_value(const Value& value, FrameBody& body);
nlohmann::json encode_values(const std::vector<Value>& values, FrameBody& body);
/// Adds the tensors in the order in which encode_values() would, so that it finds them at the same places.
void add_tensors(const std::vector<Value>& values, FrameBody& body);
Result<Value> decode_value(const nlohmann::json& json, const Frame& frame);
Result<std::vector<Value>> decode_values(const nlohmann::json& json, const Frame& frame);

/// Valid UTF-8 of at most `limit` bytes: other bytes become \xNN, a cut is marked.
std::string printable_utf8(const std::string& text, std::size_t limit);

}  // namespace hybugs
