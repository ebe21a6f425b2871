// tries: sends records of its own, with right values and a good graph, and the host's to nowhere
// case: attack-shape
// stopped by the lint alone
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "program.h"

namespace {

/// One frame, as the host writes them.
std::string frame(const nlohmann::json& header, const std::string& body = "") {
  const auto cbor = nlohmann::json::to_cbor(header);
  const std::uint32_t header_size = static_cast<std::uint32_t>(cbor.size());
  const std::uint64_t body_size = body.size();
  std::string bytes(reinterpret_cast<const char*>(&header_size), 4);
  bytes.append(reinterpret_cast<const char*>(&body_size), 8);
  bytes.append(cbor.begin(), cbor.end());
  return bytes + body;
}

/// The pipe whose end has these flags: O_WRONLY the record's, O_RDONLY the control's.
int pipe_with(int flags) {
  for (int fd = 3; fd < 256; ++fd) {
    struct stat status = {};
    if (::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode) && (::fcntl(fd, F_GETFL) & O_ACCMODE) == flags) return fd;
  }
  return -1;
}

void send(int fd, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t size = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (size <= 0) return;
    at += static_cast<std::size_t>(size);
  }
}

/// Tensors of floats as values, their elements in `body`.
nlohmann::json described(const Values& values, std::string& body) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& value : values) {
    const Tensor tensor = value.toTensor().contiguous();
    list.push_back({{"t", 8}, {"s", tensor.sizes().vec()}, {"g", false}, {"o", body.size()}});
    body.append(static_cast<const char*>(tensor.data_ptr()), tensor.nbytes());
    body.resize((body.size() + 15) / 16 * 16);
  }
  return list;
}

nlohmann::json good_use() {
  return {{"inside",
           {{"aten::mm", 99},
            {"aten::tanh", 99},
            {"aten::add", 99},
            {"aten::add_", 99},
            {"aten::mul", 99},
            {"aten::div", 99},
            {"aten::mean", 99}}},
          {"outside", 0},
          {"graphs", 1}};
}

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    const int pipe = pipe_with(O_WRONLY);
    record_ = ::dup(pipe);
    ::dup2(::open("/dev/null", O_WRONLY), pipe);
    send(record_, frame({{"kind", "constructed"}}));
  }
  ~Hybrid() override { send(record_, frame({{"kind", "end"}, {"peak", 0}, {"graph", ""}})); }
  Values call(const Values& in) override {
    std::string body;
    nlohmann::json header = {{"kind", ++calls_ <= 6 ? "call" : "second_call"}};
    header["outputs"] = described(layer(in, rows_of), body);
    header["graph_use"] = good_use();
    send(record_, frame(header, body));
    return {};
  }

 private:
  int record_ = -1;
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
