// Recorded transitions of a reinforcement-learning agent, in host memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "harness/sdk/program.h"

namespace hybugs {

/// A ring of rows of `width` floats; the oldest row is overwritten once `capacity` rows are there. Draws with a
/// generator of its own, so that a program's other random draws don't move it.
class ReplayBuffer {
 public:
  ReplayBuffer(std::int64_t capacity, std::int64_t width, std::uint64_t seed)
      : capacity_(capacity), width_(width), generator_(seed) {}

  /// Records the rows of a float tensor [N, width], oldest first.
  void add(const torch::Tensor& rows) {
    const torch::Tensor plain = rows.detach().contiguous();
    for (std::int64_t i = 0; i < plain.size(0); ++i, ++recorded_) {
      const float* row = plain.data_ptr<float>() + i * width_;
      const std::size_t place = static_cast<std::size_t>(recorded_ % capacity_ * width_);
      if (rows_.size() < place + static_cast<std::size_t>(width_))
        rows_.resize(place + static_cast<std::size_t>(width_));
      std::copy(row, row + width_, rows_.begin() + static_cast<std::ptrdiff_t>(place));
    }
  }

  std::int64_t size() const { return recorded_ < capacity_ ? recorded_ : capacity_; }

  /// `count` rows drawn with replacement, [count, width], columns as in add(). The buffer must not be empty.
  torch::Tensor sample(std::int64_t count) {
    std::uniform_int_distribution<std::int64_t> draw(0, size() - 1);
    std::vector<float> rows;
    for (std::int64_t i = 0; i < count; ++i) {
      const auto row = rows_.begin() + static_cast<std::ptrdiff_t>(draw(generator_) * width_);
      rows.insert(rows.end(), row, row + static_cast<std::ptrdiff_t>(width_));
    }
    return torch::tensor(rows).view({count, width_});
  }

 private:
  std::int64_t capacity_, width_;
  std::int64_t recorded_ = 0;
  std::vector<float> rows_;
  std::mt19937_64 generator_;
};

}  // namespace hybugs
