// Rotary position embedding: the table of cosines and sines by position, filled as positions are first used. One form serves
// all models: the halves form (NeoX). Models whose files hold interleaved pairs (llama) get their query and key rows
// reordered when packed (rope_source_row), which leaves every dot product the same.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace lemma {

struct RopeConfig {
  std::uint32_t dimensions = 0;            // rotated elements of a head, even
  double base = 10000.0;
  double scale = 1.0;                      // positions are multiplied by this (linear scaling: 1 / factor)
  std::vector<float> factors = {};         // divisors of the frequencies (rope_freqs), dimensions / 2 or none
};

class RopeTable {
 public:
  explicit RopeTable(RopeConfig config);
  /// Makes rows up to `position` available. Not safe beside readers: called before a pass.
  void reserve(std::uint32_t position);
  /// dimensions / 2 cosines, then as many sines.
  const float* row(std::uint32_t position) const {
    return chunks_[position / kChunk].get() + std::size_t{position % kChunk} * config_.dimensions;
  }
  std::uint32_t half() const { return config_.dimensions / 2; }

 private:
  static constexpr std::uint32_t kChunk = 512;
  RopeConfig config_;
  std::vector<double> frequencies_;
  std::vector<std::unique_ptr<float[]>> chunks_;
};

/// For files with interleaved pairs: which row of a head becomes row `i` in the halves form.
constexpr std::uint32_t rope_source_row(std::uint32_t i, std::uint32_t head_dim, std::uint32_t dimensions) {
  const std::uint32_t head = i / head_dim, d = i % head_dim, half = dimensions / 2;
  if (d >= dimensions) return i;
  return head * head_dim + (d < half ? 2 * d : 2 * (d - half) + 1);
}

}  // namespace lemma
