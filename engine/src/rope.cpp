// Angles in double: at position 100,000 a float angle would already be off by 0.01.

#include "rope.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace lemma {

namespace {

// The number of the pair that turns `turns` times within the original context: solves turns * 2 pi * base^(2 i / d) = context for i.
double turning_pair(const RopeConfig& config, double turns) {
  return config.dimensions * std::log(config.yarn->original_context / (turns * 2 * std::numbers::pi)) / (2 * std::log(config.base));
}

// How much of pair i is interpolated, from 0 to 1. Its ends are whole pair numbers, as in the authors' code.
double interpolated_share(const RopeConfig& config, std::uint32_t i) {
  if (!config.yarn) return 1;
  const double low = std::max(0.0, std::floor(turning_pair(config, config.yarn->beta_fast)));
  const double high = std::min(config.dimensions - 1.0, std::ceil(turning_pair(config, config.yarn->beta_slow)));
  return std::clamp((i - low) / std::max(0.001, high - low), 0.0, 1.0);
}

}  // namespace

double yarn_growth(double share, double factor) { return factor > 1 ? share * std::log(factor) + 1 : 1; }

double yarn_magnitude(double factor) { return yarn_growth(0.1, factor); }

RopeTable::RopeTable(RopeConfig config) : config_(std::move(config)) {
  for (std::uint32_t i = 0; i < config_.dimensions / 2; ++i) {
    const double share = interpolated_share(config_, i);
    double frequency = std::pow(config_.base, -2.0 * i / config_.dimensions) * (config_.scale * share + (1 - share));
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
        row[i] = static_cast<float>(config_.magnitude * std::cos(at * frequencies_[i]));
        row[half() + i] = static_cast<float>(config_.magnitude * std::sin(at * frequencies_[i]));
      }
    }
    chunks_.push_back(std::move(chunk));
  }
}

}  // namespace lemma
