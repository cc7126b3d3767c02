// Angles in double: at position 100,000 a float angle would already be off by 0.01.

#include "rope.h"

#include <cmath>
#include <utility>

namespace lemma {

RopeTable::RopeTable(RopeConfig config) : config_(std::move(config)) {
  for (std::uint32_t i = 0; i < config_.dimensions / 2; ++i) {
    double frequency = std::pow(config_.base, -2.0 * i / config_.dimensions) * config_.scale;
    if (!config_.factors.empty()) frequency /= static_cast<double>(config_.factors[i]);
    frequencies_.push_back(frequency);
  }
}

void RopeTable::reserve(std::uint32_t position) {
  while (chunks_.size() * kChunk <= position) {
    auto chunk = std::make_unique<float[]>(std::size_t{kChunk} * config_.dimensions);
    for (std::uint32_t p = 0; p < kChunk; ++p) {
      float* row = chunk.get() + std::size_t{p} * config_.dimensions;
      const double at = static_cast<double>(chunks_.size() * kChunk + p);
      for (std::uint32_t i = 0; i < half(); ++i) {
        row[i] = static_cast<float>(std::cos(at * frequencies_[i]));
        row[half() + i] = static_cast<float>(std::sin(at * frequencies_[i]));
      }
    }
    chunks_.push_back(std::move(chunk));
  }
}

}  // namespace lemma
