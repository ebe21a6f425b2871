// Waits for a file to be saved, and for letters that are typed meanwhile.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace hybugs {

class SaveWatch {
 public:
  static constexpr char kSaved = 's';
  static constexpr char kLeave = 'q';

  /// What is there now counts as seen. `stop` ends a wait.
  SaveWatch(std::string file, const std::atomic<bool>& stop);

  /// kSaved, kLeave at `stop`, or the first letter of a line that was typed.
  char wait();

 private:
  /// What changes when an editor saves, whether it writes into the file or puts another one in its place.
  struct Stamp {
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    std::int64_t size = -1;  // no file
    std::uint64_t inode = 0;

    bool operator==(const Stamp& other) const;
  };
  Stamp stamp() const;
  bool read_letter(char& letter);

  std::string file_;
  const std::atomic<bool>& stop_;
  Stamp last_;
  bool input_ended_ = false;
};

}  // namespace hybugs
