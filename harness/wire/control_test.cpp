#include "harness/wire/control.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace hybugs {
namespace {

TEST(Control, CarriesMessagesAndDescriptors) {
  ControlSockets sockets = make_control_sockets();
  Pipe pipe = make_pipe();
  ASSERT_TRUE(send_control(sockets.ours.get(), {{"op", "run"}}, {pipe.write.get()}));
  pipe.write.reset();
  bool closed = true;
  auto message = receive_control(sockets.theirs.get(), false, closed);
  ASSERT_TRUE(message);
  EXPECT_FALSE(closed);
  EXPECT_EQ(message->content["op"], "run");
  ASSERT_EQ(message->descriptors.size(), 1U);
  EXPECT_TRUE(write_all(message->descriptors[0].get(), "x", 1));
  char byte = 0;
  EXPECT_TRUE(read_all(pipe.read.get(), &byte, 1));
}

TEST(Control, TellsNothingFromGone) {
  ControlSockets sockets = make_control_sockets();
  bool closed = true;
  EXPECT_FALSE(receive_control(sockets.theirs.get(), false, closed));
  EXPECT_FALSE(closed);
  sockets.ours.reset();
  EXPECT_FALSE(receive_control(sockets.theirs.get(), false, closed));
  EXPECT_TRUE(closed);
  EXPECT_FALSE(send_control(sockets.theirs.get(), {{"op", "run"}}));
}

}  // namespace
}  // namespace hybugs
