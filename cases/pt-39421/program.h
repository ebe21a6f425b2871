// A neural network potential for molecules: each atom's surroundings become a vector of radial and angular terms, by
// the elements of its neighbours, and a network for the atom's own element turns the vector into its energy.
#pragma once

#include <cmath>
#include <map>
#include <sstream>
#include <string>

#include "harness/sdk/program.h"

namespace {

using hybugs::Values;
using torch::Tensor;

constexpr int64_t kElements = 4, kPairs = 10, kHidden = 12;  // H, C, N, O

/// What the model file holds, in single precision: shifts of the radial and the angular terms, energies of the free
/// atoms, the elements' networks. `element` gives an atomic number's place among the elements (-1: none), `pair` that
/// of two elements among their pairs.
inline std::map<std::string, Tensor> make_model() {
  std::map<std::string, Tensor> model;
  model["shift_r"] = torch::linspace(0.9, 3.6, 4);
  model["shift_a"] = torch::tensor({0.9, 0.9, 2.2, 2.2}, torch::kFloat32);  // with shift_z all four combinations
  model["shift_z"] = torch::tensor({0.39, 1.96, 0.39, 1.96}, torch::kFloat32);
  model["free"] = torch::tensor({-0.6, -38.1, -54.7, -75.2}, torch::kFloat32);
  model["w0"] = torch::randn({kElements, 4 * (kElements + kPairs), kHidden}) / 3;
  model["b0"] = torch::randn({kElements, 1, kHidden});
  model["w1"] = torch::randn({kElements, kHidden, 1});
  model["element"] = torch::tensor({-1, 0, -1, -1, -1, -1, 1, 2, 3}, torch::kInt64);
  model["pair"] = torch::tensor({0, 1, 2, 3, 1, 4, 5, 6, 2, 5, 7, 8, 3, 6, 8, 9}, torch::kInt64).view({4, 4});
  return model;
}

/// What a molecular dynamics code calls. Inputs: precision ("single" or "double"), atomic numbers [A], coordinates
/// [A, 3] in Angstrom. Outputs: the molecule's energy, and the atoms' energies without those of the free atoms, [A].
class Potential : public hybugs::Program {
 public:
  Values call(const Values& in) override {
    const auto type = in[0].toStringRef() == "double" ? torch::kFloat64 : torch::kFloat32;
    if (type != type_) set_type(type);
    type_ = type;
    const torch::NoGradGuard no_grad;
    return energies(in[1].toTensor(), in[2].toTensor().to(type));
  }

 protected:
  /// Turns the model into single or double precision.
  virtual void set_type(torch::ScalarType type) = 0;
  virtual Values energies(const Tensor& numbers, const Tensor& coordinates) = 0;

 private:
  torch::ScalarType type_ = torch::kFloat32;
};

class Eager : public Potential {
 protected:
  void set_type(torch::ScalarType type) override {
    for (auto& [name, tensor] : m_) {
      if (name != "element" && name != "pair") tensor = tensor.to(type);
    }
  }

  Values energies(const Tensor& numbers, const Tensor& coordinates) override {
    const Tensor species = m_["element"].index({numbers}), x = surroundings(species, coordinates);
    const Tensor all = torch::matmul(torch::celu(torch::matmul(x, m_["w0"]) + m_["b0"], 0.1), m_["w1"]).squeeze(2);
    const Tensor atoms = all.gather(0, species.unsqueeze(0)).squeeze(0);
    return {atoms.sum() + m_["free"].index({species}).sum(), atoms};
  }

 private:
  /// [A, 4 (kElements + kPairs)]
  Tensor surroundings(const Tensor& species, const Tensor& coordinates) {
    const auto cut = [](const Tensor& d, double radius) { return 0.5 * torch::cos(d * (M_PI / radius)) + 0.5; };
    const auto n = species.size(0);
    const Tensor vectors = coordinates.unsqueeze(0) - coordinates.unsqueeze(1), distances = vectors.norm(2, -1);

    const auto two = ((distances <= 5.2) & (torch::eye(n) == 0)).nonzero().unbind(1);
    const Tensor d = distances.index({two[0], two[1]}).unsqueeze(1);
    const Tensor radial = 0.25 * torch::exp(-16 * (d - m_["shift_r"]).square()) * cut(d, 5.2);
    Tensor x = torch::zeros({n * kElements, 4}, d.options());
    x = x.index_add(0, two[0] * kElements + species.index({two[1]}), radial);

    const Tensor near = (distances <= 3.5) & (torch::eye(n) == 0);
    const auto three = (near.unsqueeze(2) & near.unsqueeze(1) & (torch::ones({n, n}).triu(1) == 1)).nonzero().unbind(1);
    const Tensor &at = three[0], &a = three[1], &b = three[2];
    const Tensor d1 = distances.index({at, a}).unsqueeze(1), d2 = distances.index({at, b}).unsqueeze(1);
    const Tensor dot = (vectors.index({at, a}) * vectors.index({at, b})).sum(1, true);
    const Tensor angle = torch::acos(0.95 * dot / (d1 * d2)) - m_["shift_z"];
    const Tensor radius = torch::exp(-8 * ((d1 + d2) / 2 - m_["shift_a"]).square());
    const Tensor angular = 2 * torch::pow((1 + torch::cos(angle)) / 2, 14.1) * radius * cut(d1, 3.5) * cut(d2, 3.5);
    Tensor y = torch::zeros({n * kPairs, 4}, d.options());
    y = y.index_add(0, at * kPairs + m_["pair"].index({species.index({a}), species.index({b})}), angular);
    return torch::cat({x.view({n, -1}), y.view({n, -1})}, 1);
  }

  std::map<std::string, Tensor> m_ = make_model();
};

/// The model as it was exported: a script module in single precision, loaded from its file.
inline torch::jit::Module load_model() {
  torch::jit::Module module("Potential");
  for (const auto& [name, tensor] : make_model()) {
    module.register_parameter(name, tensor, /*is_buffer=*/name.size() > 2);  // the networks' are w0, b0, w1
  }
  module.define(R"(
def cut(self, d, radius: float):
    return 0.5 * torch.cos(d * (3.141592653589793 / radius)) + 0.5

def surroundings(self, species, coordinates):
    n = species.size(0)
    vectors = coordinates.unsqueeze(0) - coordinates.unsqueeze(1)
    distances = torch.norm(vectors, 2, [-1])

    two = ((distances <= 5.2) & (torch.eye(n) == 0)).nonzero()
    i, j = two[:, 0], two[:, 1]
    d = distances[i, j].unsqueeze(1)
    radial = 0.25 * torch.exp(-16 * (d - self.shift_r).square()) * self.cut(d, 5.2)
    x = torch.zeros([n * 4, 4], dtype=d.dtype).index_add(0, i * 4 + species[j], radial)

    near = (distances <= 3.5) & (torch.eye(n) == 0)
    three = (near.unsqueeze(2) & near.unsqueeze(1) & (torch.ones([n, n]).triu(1) == 1)).nonzero()
    at, a, b = three[:, 0], three[:, 1], three[:, 2]
    d1, d2 = distances[at, a].unsqueeze(1), distances[at, b].unsqueeze(1)
    dot = (vectors[at, a] * vectors[at, b]).sum([1], True)
    angle = torch.acos(0.95 * dot / (d1 * d2)) - self.shift_z
    radius = torch.exp(-8 * ((d1 + d2) / 2 - self.shift_a).square())
    angular = 2 * torch.pow((1 + torch.cos(angle)) / 2, 14.1) * radius * self.cut(d1, 3.5) * self.cut(d2, 3.5)
    y = torch.zeros([n * 10, 4], dtype=d.dtype).index_add(0, at * 10 + self.pair[species[a], species[b]], angular)
    return torch.cat([x.view([n, -1]), y.view([n, -1])], 1)

def forward(self, numbers, coordinates):
    species = self.element[numbers]
    x = self.surroundings(species, coordinates)
    every = torch.matmul(torch.celu(torch.matmul(x, self.w0) + self.b0, 0.1), self.w1).squeeze(2)
    atoms = every.gather(0, species.unsqueeze(0)).squeeze(0)
    return atoms.sum() + self.free[species].sum(), atoms
)");
  std::stringstream file;
  module.save(file);
  return torch::jit::load(file);
}

/// Molecules in single precision, in double, in single again, and in double: the corners of a cube, shaken, far
/// from the origin. There is a single atom, and a molecule too wide for angles.
inline hybugs::Scenario scenario(std::uint64_t seed) {
  torch::manual_seed(seed);
  const Tensor side = torch::arange(2, torch::kFloat64), corners = torch::cartesian_prod({side, side, side});
  const auto call = [&](const char* precision, int64_t atoms, double width) {
    const Tensor numbers = torch::tensor({1, 6, 7, 8}, torch::kInt64).index({torch::randint(4, {atoms})});
    const Tensor sites = corners.index_select(0, torch::randperm(8).narrow(0, 0, atoms));
    return Values{precision, numbers, width * (sites + 0.3 * torch::rand_like(sites)) + 40};
  };
  return {call("single", 5, 1.3), call("single", 3, 1.1), call("double", 5, 1.3), call("double", 3, 1.1),
          call("double", 1, 1.0), call("double", 3, 4.0), call("single", 6, 1.3), call("single", 3, 1.1),
          call("double", 8, 1.2), call("double", 5, 1.3)};
}

}  // namespace
