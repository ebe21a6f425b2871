// A learned model of a driven oscillator: a small network gives the rate of change of position and velocity, and a
// midpoint rule integrates it over a grid of times. Records carry time stamps in nanoseconds.
#pragma once

#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kHidden = 6;
constexpr int64_t kFloat32 = 6, kFloat64 = 7;  // numbers of the types in script

/// The integration over a grid t [n + 1] from the state y [2], for script text. w: weights of the network
/// [kHidden, 4], [kHidden], [2, kHidden] and the drive's angular frequency []. Returns the states [n + 1, 2].
constexpr const char* kIntegrate = R"(
def rate(t, y, w: List[Tensor]):
    phase = w[3] * t
    features = torch.cat([y, torch.stack([torch.cos(phase), torch.sin(phase)])])
    return torch.matmul(w[2], torch.tanh(torch.matmul(w[0], features) + w[1]))

def integrate(t, y, w: List[Tensor]):
    path = [y]
    for k in range(t.size(0) - 1):
        h = t[k + 1] - t[k]
        middle = y + 0.5 * h * rate(t[k], y, w)
        y = y + h * rate(t[k] + 0.5 * h, middle, w)
        path.append(y)
    return torch.stack(path)
)";

/// Inputs: phase, first time and time step in seconds, number of steps, first time stamp and its step, position,
/// velocity, number of the type. Outputs of "grid": times [n + 1], first state [2] and time stamps [n + 1]; of "solve":
/// elapsed times, states [n + 1, 2] and time stamps.
class Oscillator : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const Values made = grid(in);  // times, first state, time stamps
    const Tensor t = made[0].toTensor();
    if (in[0].toStringRef() == "grid") return made;
    return {t - t[0], integrate(t, made[1].toTensor()), made[2]};
  }

 protected:
  virtual Values grid(const Values& in) = 0;
  virtual Tensor integrate(const Tensor& t, const Tensor& y) = 0;

  std::vector<Tensor> w_ = {torch::randn({kHidden, 4}, torch::kFloat64), torch::randn({kHidden}, torch::kFloat64),
                            torch::randn({2, kHidden}, torch::kFloat64), torch::full({}, 6.25, torch::kFloat64)};
};

class Eager : public Oscillator {
 protected:
  Values grid(const Values& in) override {
    const auto type = in[8].toInt() == kFloat64 ? torch::kFloat64 : torch::kFloat32;
    const int64_t steps = in[3].toInt();
    const Tensor t = torch::empty({steps + 1}, type);
    const Tensor stamps = torch::empty({steps + 1}, torch::kInt64);
    for (int64_t k = 0; k <= steps; ++k) {
      t[k] = in[1].toDouble() + static_cast<double>(k) * in[2].toDouble();
      stamps[k] = in[4].toInt() + k * in[5].toInt();
    }
    return {t, torch::tensor({in[6].toDouble(), in[7].toDouble()}, type), stamps};
  }

  Tensor integrate(const Tensor& t, const Tensor& start) override {
    Tensor y = start;
    std::vector<Tensor> path = {y};
    for (int64_t k = 0; k + 1 < t.size(0); ++k) {
      const Tensor h = t[k + 1] - t[k];
      const Tensor middle = y + 0.5 * h * rate(t[k], y);
      y = y + h * rate(t[k] + 0.5 * h, middle);
      path.push_back(y);
    }
    return torch::stack(path);
  }

 private:
  Tensor rate(const Tensor& t, const Tensor& y) const {
    const Tensor phase = w_[3] * t;
    const Tensor features = torch::cat({y, torch::stack({torch::cos(phase), torch::sin(phase)})});
    return torch::matmul(w_[2], torch::tanh(torch::matmul(w_[0], features) + w_[1]));
  }
};

/// Runs near time zero in large steps, then at a time of a long measurement in small ones; grids in both types.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const auto uniform = [](double low, double high) {
    return low + (high - low) * torch::rand({}, torch::kFloat64).item().toDouble();
  };
  const int64_t start = 1700000000123456789 + static_cast<int64_t>(seed % 1000);
  hybugs::Scenario calls;
  calls.push_back({"solve", 0.0, 0.125, 8, start, 125000000, 1.0, 0.5, kFloat64});
  calls.push_back({"grid", 2.0, 0.25, 5, start, 250000000, 0.25, -0.75, kFloat64});
  const double late = 1e6 + uniform(0, 1);
  calls.push_back({"solve", late, 1e-3, 40, start, 1000001, uniform(-1, 1), uniform(-1, 1), kFloat64});
  calls.push_back({"grid", 0.0, 0.125, 12, start, 100000003, 0.1, 1.0 / 3, kFloat32});
  calls.push_back({"solve", uniform(0, 1), 1e-2, 20, start, 10000007, uniform(1, 2), 0.1, kFloat64});
  calls.push_back({"grid", late, 1e-3, 0, start, 1, 1 + 1.0 / (1 << 24), 1e-9, kFloat64});
  calls.push_back({"solve", -late, 1e-3, 10, start, 1000000, 1.0, -1.0, kFloat64});
  calls.push_back({"solve", 0.0, 0.125, 8, start, 125000000, 1.0, 0.5, kFloat64});
  return calls;
}

}  // namespace
