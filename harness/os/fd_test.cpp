#include "harness/os/fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace hybugs {
namespace {

TEST(Fd, ClosesWhatItOwnsOnce) {
  Pipe pipe = make_pipe();
  const int number = pipe.write.get();
  Fd other = std::move(pipe.write);
  EXPECT_FALSE(pipe.write.valid());
  other.reset();
  EXPECT_EQ(::fcntl(number, F_GETFD), -1);
}

TEST(Fd, IsNotInheritedByPrograms) {
  const Pipe pipe = make_pipe();
  EXPECT_EQ(::fcntl(pipe.read.get(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

TEST(WriteAll, PassesMoreThanAPipeHolds) {
  Pipe pipe = make_pipe();
  const std::string first(300'000, 'a');
  const std::string second(70'000, 'b');
  std::string received(370'000, ' ');
  std::thread reader([&] { EXPECT_TRUE(read_all(pipe.read.get(), received.data(), received.size())); });
  EXPECT_TRUE(write_all(pipe.write.get(), std::vector<iovec>{{const_cast<char*>(first.data()), first.size()},
                                                             {nullptr, 0},
                                                             {const_cast<char*>(second.data()), second.size()}}));
  reader.join();
  EXPECT_EQ(received, first + second);
}

TEST(WriteAll, SaysThatTheDiskIsFull) {
  const Fd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  ASSERT_TRUE(full.valid());
  EXPECT_FALSE(write_all(full.get(), "x", 1));
}

TEST(ReadAll, SaysThatTheFileEnded) {
  Pipe pipe = make_pipe();
  ASSERT_TRUE(write_all(pipe.write.get(), "abc", 3));
  pipe.write.reset();
  char buffer[4];
  EXPECT_FALSE(read_all(pipe.read.get(), buffer, 4));
}

}  // namespace
}  // namespace hybugs
