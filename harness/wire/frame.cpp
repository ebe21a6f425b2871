#include "harness/wire/frame.h"

#include <cstring>

#include "harness/os/fd.h"

namespace hybugs {
namespace {

constexpr std::size_t kPreambleSize = 12;
constexpr std::uint32_t kMaxHeader = 16U << 20;
constexpr int kDeepest = 100;        // lists in lists: the parser recurses
constexpr int kMostItems = 1 << 20;  // parsed, each takes many times its bytes
constexpr std::byte kPadding[16] = {};
constexpr std::size_t kSmallSegment = 1024;  // the kernel takes longer for a piece of its own than a copy takes

void store(std::byte* at, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) at[i] = static_cast<std::byte>(value >> (8 * i));
}

std::uint64_t load(const std::byte* at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value |= static_cast<std::uint64_t>(at[i]) << (8 * i);
  return value;
}

// Walks through a header without building it, and stops at what would cost the reader too much.
class SizeCheck : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return item(); }
  bool boolean(bool) override { return item(); }
  bool number_integer(number_integer_t) override { return item(); }
  bool number_unsigned(number_unsigned_t) override { return item(); }
  bool number_float(number_float_t, const string_t&) override { return item(); }
  bool string(string_t&) override { return item(); }
  bool binary(binary_t&) override { return item(); }
  bool key(string_t&) override { return item(); }
  bool start_object(std::size_t) override { return item() && ++depth_ <= kDeepest; }
  bool start_array(std::size_t) override { return item() && ++depth_ <= kDeepest; }
  bool end_object() override { return --depth_ >= 0; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override { return false; }

 private:
  bool item() { return ++items_ <= kMostItems; }

  int depth_ = 0;
  int items_ = 0;
};

nlohmann::json parse_header(const std::vector<std::byte>& bytes) {
  SizeCheck check;
  const bool modest = nlohmann::json::sax_parse(bytes, &check, nlohmann::json::input_format_t::cbor);
  return modest ? nlohmann::json::from_cbor(bytes, true, false) : nlohmann::json();
}

// Copies of the small segments, those in a row as one part.
class Gathered {
 public:
  explicit Gathered(const std::vector<FrameBody::Segment>& segments) {
    std::size_t size = 0;
    for (const auto& segment : segments) size += segment.size < kSmallSegment ? segment.size : 0;
    bytes_.reserve(size);  // for good: parts point into it
  }

  // False if the segment is not small.
  bool add(const FrameBody::Segment& segment, std::vector<iovec>& parts) {
    if (segment.size >= kSmallSegment) return false;
    std::byte* const at = bytes_.data() + bytes_.size();
    bytes_.insert(bytes_.end(), segment.data, segment.data + segment.size);
    iovec& last = parts.back();
    if (static_cast<std::byte*>(last.iov_base) + last.iov_len == at) {
      last.iov_len += segment.size;
    } else {
      parts.push_back({at, segment.size});
    }
    return true;
  }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace

std::string text_at(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::int64_t integer_at(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return 0;
  const auto found = object.find(key);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::uint64_t FrameBody::add(const Tensor& tensor) {
  return add(tensor.data, tensor.byte_count(), tensor.owner);
}

std::uint64_t FrameBody::add(const std::byte* data, std::size_t size, std::shared_ptr<const void> owner) {
  const std::uint64_t offset = size_;
  if (size == 0) return offset;
  segments_.push_back({data, size, std::move(owner)});
  const std::size_t padding = (16 - size % 16) % 16;
  if (padding != 0) segments_.push_back({kPadding, padding, nullptr});
  size_ += size + padding;
  return offset;
}

bool write_frame(int fd, const nlohmann::json& header, const FrameBody& body) {
  const auto cbor = nlohmann::json::to_cbor(header);
  std::byte preamble[kPreambleSize];
  store(preamble, cbor.size(), 4);
  store(preamble + 4, body.size(), 8);
  std::vector<iovec> parts{{preamble, kPreambleSize}, {const_cast<std::uint8_t*>(cbor.data()), cbor.size()}};
  Gathered gathered(body.segments());
  for (const auto& segment : body.segments()) {
    if (!gathered.add(segment, parts)) parts.push_back({const_cast<std::byte*>(segment.data), segment.size});
  }
  return write_all(fd, std::move(parts));
}

FrameDecoder::Space FrameDecoder::space() {
  static std::byte discarded[64 << 10];
  if (broken_ || over_limit_) return {discarded, sizeof discarded};
  switch (part_) {
    case Part::preamble:
      return {preamble_ + filled_, kPreambleSize - filled_};
    case Part::header:
      return {header_.data() + filled_, header_.size() - filled_};
    case Part::body:
      break;
  }
  return {frame_.body.get() + filled_, frame_.body_size - filled_};
}

void FrameDecoder::received(std::size_t size) {
  if (broken_ || over_limit_) return;
  filled_ += size;
  if (size > 0 && space().size == 0) end_of_part();
}

void FrameDecoder::end_of_part() {
  if (part_ == Part::preamble) {
    const std::uint64_t header_size = load(preamble_, 4);
    frame_ = Frame{};
    frame_.body_size = load(preamble_ + 4, 8);
    broken_ = header_size == 0 || header_size > kMaxHeader;
    if (broken_) return;
    header_.resize(header_size);
    part_ = Part::header;
  } else if (part_ == Part::header) {
    frame_.header = parse_header(header_);
    broken_ = !frame_.header.is_object();
    // Looked at only now: sizes that come with no sensible header are noise, not a large record.
    over_limit_ = frame_.body_size > limit_ || total_ + header_.size() + frame_.body_size > limit_;
    if (broken_ || over_limit_) return;
    total_ += header_.size() + frame_.body_size;
    // Not initialised on purpose: untouched pages of a body that is only announced cost nothing.
    frame_.body = std::shared_ptr<std::byte[]>(new std::byte[frame_.body_size]);
    part_ = Part::body;
    if (frame_.body_size == 0) return end_of_part();
  } else {
    ready_.push_back(std::move(frame_));
    part_ = Part::preamble;
  }
  filled_ = 0;
}

std::optional<Frame> FrameDecoder::next() {
  if (next_ == ready_.size()) {
    ready_.clear();
    next_ = 0;
    return std::nullopt;
  }
  return std::move(ready_[next_++]);
}

}  // namespace hybugs
