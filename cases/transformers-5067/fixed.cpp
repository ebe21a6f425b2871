#include "program.h"

namespace {

constexpr const char* kBert = R"(
def bert(ids, mask, w: List[Tensor]):
    x = torch.embedding(w[0], ids) + torch.embedding(w[1], torch.arange(ids.size(1)))
    x = torch.layer_norm(x, [64])
    padding = mask.eq(0).unsqueeze(1).unsqueeze(1)
    for first in range(3, len(w), 6):
        query = torch.einsum("bth,hnd->bntd", [x, w[first]])
        key = torch.einsum("bth,hnd->bntd", [x, w[first + 1]])
        value = torch.einsum("bth,hnd->bntd", [x, w[first + 2]])
        scores = torch.matmul(query, key.transpose(2, 3)) / 16.0 ** 0.5
        attended = torch.matmul(torch.softmax(scores.masked_fill(padding, -10000.0), -1), value)
        x = torch.layer_norm(x + torch.einsum("bntd,ndh->bth", [attended, w[first + 3]]), [64])
        x = torch.layer_norm(x + torch.matmul(torch.gelu(torch.matmul(x, w[first + 4])), w[first + 5]), [64])
    return torch.matmul(x, w[2])
)";

class Hybrid : public Tagger {
  Tensor tag(const Tensor& ids) override {
    return script_->get_function("bert")({ids, torch::ones_like(ids), w_}).toTensor();
  }

  std::shared_ptr<torch::jit::CompilationUnit> script_ = torch::jit::compile(kBert);
};

}  // namespace

HYBUGS_CASE(scenario, Eager, Hybrid)
