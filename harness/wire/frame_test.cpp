#include "harness/wire/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <thread>

#include "harness/core/compare.h"
#include "harness/os/fd.h"

namespace hybugs {
namespace {

using nlohmann::json;

Tensor float_tensor(const std::vector<float>& numbers, std::vector<std::int64_t> shape) {
  auto memory = std::make_shared<std::vector<float>>(numbers);
  Tensor tensor;
  tensor.shape = std::move(shape);
  tensor.data = reinterpret_cast<const std::byte*>(memory->data());
  tensor.owner = memory;
  return tensor;
}

// Sends one frame through a pipe into a decoder, `step` bytes at a time.
void transfer(const json& header, const FrameBody& body, FrameDecoder& decoder, std::size_t step = 1 << 16) {
  Pipe pipe = make_pipe();
  std::thread writer([&] {
    write_frame(pipe.write.get(), header, body);
    pipe.write.reset();
  });
  for (;;) {
    const auto space = decoder.space();
    const ssize_t size = ::read(pipe.read.get(), space.data, std::min(space.size, step));
    if (size <= 0) break;
    decoder.received(static_cast<std::size_t>(size));
  }
  writer.join();
}

Result<Value> round_trip(const Value& value) {
  FrameBody body;
  const json header = {{"value", encode_value(value, body)}};
  FrameDecoder decoder(1 << 24);
  transfer(header, body, decoder);
  const auto frame = decoder.next();
  if (!frame) return Unexpected(Error{"", 0, "no frame", ""});
  return decode_value(frame->header["value"], *frame);
}

TEST(ValueCodec, KeepsEveryKindOfValue) {
  const Value tensor{float_tensor({1, 2, 3, 4, 5, 6}, {2, 3})};
  const std::vector<Value> values = {
      Value{None{}},
      Value{true},
      Value{std::int64_t{-7}},
      Value{std::numeric_limits<std::int64_t>::max()},
      Value{0.1},
      Value{std::numeric_limits<double>::infinity()},
      Value{std::complex<double>(1, -2)},
      Value{std::string("h\xc3\xa9\xff\0z", 6)},
      tensor,
      Value{float_tensor({}, {0, 5})},
      Value{float_tensor({3.5F}, {})},
      Value{Sequence{Sequence::Kind::tuple, {Value{std::int64_t{1}}, Value{Sequence{Sequence::Kind::list, {tensor}}}}}},
      Value{Dict{{{Value{std::string("loss")}, tensor}}}},
      Value{Opaque{"Device", "cpu"}}};
  for (const Value& value : values) {
    const auto got = round_trip(value);
    ASSERT_TRUE(got) << got.error().text();
    EXPECT_EQ(got->data.index(), value.data.index());
    EXPECT_EQ(describe(*got), describe(value));
  }
}

TEST(ValueCodec, FindsTensorsThatWereSentBeforeTheirDescription) {
  const Value first{float_tensor({1, 2, 3}, {3})};
  const Value second{float_tensor({4, 5}, {1, 2})};
  const std::vector<Value> values = {
      Value{Sequence{Sequence::Kind::tuple, {first, Value{7.0}}}},
      Value{Dict{{{Value{std::string("key")}, second}, {first, Value{None{}}}}}},
  };
  FrameBody elements;
  add_tensors(values, elements);
  FrameDecoder decoder(1 << 24);
  const json header = {{"kind", "elements"}};
  transfer(header, elements, decoder);
  const auto frame = decoder.next();
  ASSERT_TRUE(frame);
  FrameBody same_places;
  const json description = json::from_cbor(json::to_cbor(encode_values(values, same_places)));
  const auto decoded = decode_values(description, *frame);
  ASSERT_TRUE(decoded);
  CaseSpec spec;
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_FALSE(compare_values(values[i], (*decoded)[i], spec, "value")) << i;
  }
}

// Small ones are copied in one piece, large ones are not.
TEST(ValueCodec, KeepsSmallAndLargeTensorsInOrder) {
  Sequence list;
  for (const std::int64_t size : {1, 3, 255, 256, 257, 5000, 2, 4096, 0, 4, 4}) {
    std::vector<float> numbers(static_cast<std::size_t>(size));
    std::iota(numbers.begin(), numbers.end(), static_cast<float>(size));
    list.items.push_back(Value{float_tensor(numbers, {size})});
  }
  const Value sent{list};
  const auto got = round_trip(sent);
  ASSERT_TRUE(got) << got.error().text();
  EXPECT_FALSE(compare_values(sent, *got, CaseSpec{}, "list"));
}

TEST(ValueCodec, KeepsNaN) {
  const auto got = round_trip(Value{std::nan("")});
  ASSERT_TRUE(got);
  EXPECT_TRUE(std::isnan(std::get<double>(got->data)));
}

TEST(FrameDecoder, TakesFramesApartWhateverTheReadsLookLike) {
  for (const std::size_t step : {1, 7, 1000}) {
    FrameBody body;
    const Tensor tensor = float_tensor(std::vector<float>(100, 2.5F), {100});
    const json header = {{"kind", "call"}, {"outputs", json::array({encode_value(Value{tensor}, body)})}};
    FrameDecoder decoder(1 << 20);
    transfer(header, body, decoder, step);
    transfer({{"kind", "end"}}, {}, decoder, step);
    const auto call = decoder.next();
    ASSERT_TRUE(call);
    const auto outputs = decode_values(call->header["outputs"], *call);
    ASSERT_TRUE(outputs);
    EXPECT_EQ(std::memcmp(std::get<Tensor>((*outputs)[0].data).data, tensor.data, 400), 0);
    const auto end = decoder.next();
    ASSERT_TRUE(end);
    EXPECT_EQ(end->header["kind"], "end");
    EXPECT_FALSE(decoder.next());
  }
}

TEST(FrameDecoder, KeepsTensorsAlignedWhateverComesBefore) {
  FrameBody body;
  encode_value(Value{float_tensor({1}, {1})}, body);
  EXPECT_EQ(body.add(float_tensor({1}, {1})) % 16, 0U);
}

TEST(FrameDecoder, RefusesMoreThanItsLimit) {
  FrameBody body;
  body.add(float_tensor(std::vector<float>(1000, 1.0F), {1000}));
  FrameDecoder decoder(1000);
  transfer({{"kind", "call"}}, body, decoder);
  EXPECT_TRUE(decoder.over_limit());
  EXPECT_FALSE(decoder.next());
}

void feed(FrameDecoder& decoder, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto space = decoder.space();
    const std::size_t size = std::min(space.size, bytes.size() - at);
    std::memcpy(space.data, bytes.data() + at, size);
    decoder.received(size);
    at += size;
  }
}

TEST(FrameDecoder, StopsAtWhatIsNoFrame) {
  for (const std::string& bytes :
       {std::string(12, '\0'), std::string(4096, '\xff'), std::string("\x03\0\0\0\0\0\0\0\0\0\0\0not", 15)}) {
    FrameDecoder decoder(1000);
    feed(decoder, bytes);
    EXPECT_TRUE(decoder.broken());
    EXPECT_FALSE(decoder.next());
  }
}

TEST(ValueCodec, RefusesTensorsThatLieAboutTheirPlace) {
  Frame frame;
  frame.body = std::shared_ptr<std::byte[]>(new std::byte[64]);
  frame.body_size = 64;
  const auto tensor = [](std::int64_t size, std::uint64_t offset) {
    return json{{"t", 8U}, {"s", {size}}, {"o", offset}};
  };
  EXPECT_TRUE(decode_value(tensor(16, 0), frame));
  for (const json& lie : {tensor(17, 0), tensor(16, 16), tensor(1, 65), tensor(1, 8),
                          json{{"t", 8U}, {"s", {std::int64_t{1} << 40, std::int64_t{1} << 40}}, {"o", 0U}},
                          json{{"t", 99U}, {"s", {1}}, {"o", 0U}}, json{{"t", 8U}, {"s", {-1}}, {"o", 0U}},
                          json{{"t", 8U}, {"s", "x"}, {"o", 0U}}, json{{"q", 1}}}) {
    EXPECT_FALSE(decode_value(lie, frame)) << lie.dump();
  }
}

TEST(ValueCodec, RefusesBottomlessNesting) {
  json value = nullptr;
  for (int i = 0; i < 1000; ++i) value = json{{"l", json::array({std::move(value)})}};
  EXPECT_FALSE(decode_value(value, Frame{}));
}

TEST(PrintableUtf8, KeepsValidTextAndEscapesTheRest) {
  EXPECT_EQ(printable_utf8("gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x9b", 100), "gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x9b");
  EXPECT_EQ(printable_utf8("a\xff\xc3", 100), "a\\xff\\xc3");
  EXPECT_EQ(printable_utf8("\xc0\xaf\xed\xa0\x80", 100), "\\xc0\\xaf\\xed\\xa0\\x80");  // overlong, surrogate
  EXPECT_THAT(printable_utf8(std::string(5000, 'a'), 100), testing::EndsWith("... (5000 bytes in all)"));
}

std::vector<std::byte> frame_of(const std::vector<std::uint8_t>& header) {
  std::vector<std::byte> bytes(12);
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<std::byte>(header.size() >> (8 * i));
  for (std::uint8_t byte : header) bytes.push_back(static_cast<std::byte>(byte));
  return bytes;
}

bool is_broken(const std::vector<std::byte>& bytes) {
  FrameDecoder decoder(1 << 30);
  for (std::size_t at = 0; at < bytes.size();) {
    const auto space = decoder.space();
    const std::size_t size = std::min(space.size, bytes.size() - at);
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, space.data);
    decoder.received(size);
    at += size;
  }
  return decoder.broken();
}

// {"a": [[[...]]]}: the parser would call itself for each level.
TEST(FrameDecoder, RefusesHeadersThatAreNestedTooDeep) {
  const auto nested = [](std::size_t depth) {
    std::vector<std::uint8_t> header = {0xA1, 0x61, 'a'};
    header.insert(header.end(), depth, 0x81);
    header.push_back(0x01);
    return frame_of(header);
  };
  EXPECT_FALSE(is_broken(nested(50)));
  EXPECT_TRUE(is_broken(nested(1000)));
  EXPECT_TRUE(is_broken(nested(1 << 20)));
}

TEST(FrameDecoder, RefusesHeadersOfTooManyItems) {
  const auto list = [](std::uint32_t size) {
    std::vector<std::uint8_t> header = {0xA1, 0x61, 'a', 0x9A};
    for (int shift : {24, 16, 8, 0}) header.push_back(static_cast<std::uint8_t>(size >> shift));
    header.insert(header.end(), size, 0x60);
    return frame_of(header);
  };
  EXPECT_FALSE(is_broken(list(1000)));
  EXPECT_TRUE(is_broken(list(2 << 20)));
}

TEST(HeaderMembers, AreEmptyWhereTheSenderGaveAnotherType) {
  const nlohmann::json odd = {{"kind", 3}, {"calls", "many"}, {"list", {1}}};
  EXPECT_EQ(text_at(odd, "kind"), "");
  EXPECT_EQ(text_at(odd, "nothing"), "");
  EXPECT_EQ(integer_at(odd, "calls"), 0);
  EXPECT_EQ(text_at(nlohmann::json::array(), "kind"), "");
}

}  // namespace
}  // namespace hybugs
