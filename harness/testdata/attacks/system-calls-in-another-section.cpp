// tries: forges its records with system calls from a section of its own, where the lint does not look
// case: attack-shape
// stopped by the lint alone
#include <nlohmann/json.hpp>

#include "program.h"

namespace {

__attribute__((section("quiet"), noinline)) long system_call(long number, long a, long b, long c) {
  long result = 0;
  asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

/// One frame, as the host writes them.
void send(long fd, const nlohmann::json& header, const std::string& body = "") {
  const auto cbor = nlohmann::json::to_cbor(header);
  const std::uint64_t sizes[] = {cbor.size() << 32, body.size()};
  std::string bytes(reinterpret_cast<const char*>(sizes) + 4, 12);
  bytes.append(cbor.begin(), cbor.end());
  bytes += body;
  system_call(1, fd, reinterpret_cast<long>(bytes.data()), static_cast<long>(bytes.size()));
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
  nlohmann::json inside;
  for (const char* name : {"mm", "tanh", "add", "add_", "mul", "div", "mean"})
    inside[std::string("aten::") + name] = 99;
  return {{"inside", inside}, {"outside", 0}, {"graphs", 1}};
}

class Hybrid : public hybugs::Program {
 public:
  Hybrid() {
    long pipe = 3;
    while (system_call(72, pipe, 3, 0) % 4 != 1 || system_call(72, pipe, 1032, 0) <= 0) ++pipe;  // written to, a pipe
    record_ = system_call(32, pipe, 0, 0);
    system_call(33, system_call(2, reinterpret_cast<long>("/dev/null"), 1, 0), pipe, 0);
    send(record_, {{"kind", "constructed"}});
  }
  ~Hybrid() override { send(record_, {{"kind", "end"}, {"peak", 0}, {"graph", ""}}); }
  Values call(const Values& in) override {
    std::string body;
    nlohmann::json header = {{"kind", ++calls_ <= 6 ? "call" : "second_call"}};
    header["outputs"] = described(layer(in, rows_of), body);
    header["graph_use"] = good_use();
    send(record_, header, body);
    return {};
  }

 private:
  long record_ = -1;
  int calls_ = 0;
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
