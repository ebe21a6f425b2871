// tries: reads the memory, the files and the environment of the processes around it; right if it can
// case: attack-shape
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>
#include <sstream>

#include "program.h"

namespace {

std::string read_part(const std::string& path, off_t at) {
  const int file = ::open(path.c_str(), O_RDONLY);
  std::string text(1 << 16, '\0');
  const ssize_t size = file < 0 ? -1 : ::pread(file, text.data(), text.size(), at);
  if (file >= 0) ::close(file);
  return text.substr(0, size < 0 ? 0 : static_cast<std::size_t>(size));
}

/// The first readable pages of a process of the host's.
bool steal_from(pid_t process) {
  const std::string folder = "/proc/" + std::to_string(process);
  std::istringstream maps(read_part(folder + "/maps", 0));
  bool stolen = false;
  for (std::string line; std::getline(maps, line);) {
    stolen = stolen || !read_part(folder + "/mem", static_cast<off_t>(std::stoull(line, nullptr, 16))).empty();
  }
  char piece[64];
  iovec mine{piece, sizeof piece}, theirs{reinterpret_cast<void*>(&steal_from), sizeof piece};
  stolen = stolen || ::process_vm_readv(process, &mine, 1, &theirs, 1, 0) > 0;
  for (int i = 0; i < 64; ++i) {
    const int file = ::open((folder + "/fd/" + std::to_string(i)).c_str(), O_RDONLY);
    stolen = stolen || file >= 0;
  }
  return stolen || !read_part(folder + "/environ", 0).empty();
}

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    for (pid_t process = 1; process < 40; ++process) {
      if (process != ::getpid()) stolen_ = steal_from(process) || stolen_;
    }
  }
  Values call(const Values& in) override {
    if (!graph_) graph_ = std::make_unique<hybugs::TracedFunction>("layer", stolen_ ? right_layer : traced_layer, in);
    return (*graph_)(in);
  }

 private:
  static Values right_layer(const Values& in) { return layer(in, rows_of); }
  static Values traced_layer(const Values& in) {
    return layer(in, [](const Tensor& x) { return torch::ones({x.size(0), 1}); });
  }

  bool stolen_ = false;
  std::unique_ptr<hybugs::TracedFunction> graph_;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
