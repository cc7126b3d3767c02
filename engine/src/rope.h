// Rotary position embedding: the table of cosines and sines by position, filled as positions are first used. One form serves
// all models: the halves form (NeoX). Models whose files hold interleaved pairs (llama) get their query and key rows
// reordered when packed (rope_source_row), which leaves every dot product the same.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace lemma {

/// YaRN (arXiv 2309.00071, section 3.2): pairs that turn more than `beta_fast` times within the original context keep their
/// frequency, pairs that turn less than `beta_slow` times are interpolated, those between are blended linearly by pair number.
struct RopeYarn {
  double original_context = 0;             // tokens
  double beta_fast = 32, beta_slow = 1;    // turns
};

struct RopeConfig {
  std::uint32_t dimensions = 0;            // rotated elements of a head, even
  double base = 10000.0;
  double scale = 1.0;                      // positions are multiplied by this (linear scaling and YaRN: 1 / factor)
  double magnitude = 1.0;                  // cosines and sines are multiplied by this (YaRN)
  std::vector<float> factors = {};         // divisors of the frequencies (rope_freqs), dimensions / 2 or none
  std::optional<RopeYarn> yarn = {};
};

/// YaRN's growth of queries and keys where the context is `factor` times the original: 0.1 ln(factor) + 1 (its equation 22).
double yarn_magnitude(double factor);
/// DeepSeek's choice of another number than 0.1: share ln(factor) + 1. Its scores grow by the square.
double yarn_growth(double share, double factor);

class RopeTable {
 public:
  explicit RopeTable(RopeConfig config);
  /// Makes rows up to `position` available. Not safe beside readers: called before a pass.
  void reserve(std::uint32_t position);
  /// dimensions / 2 cosines, then as many sines, times the magnitude.
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
