// What the scalar kernels share: the exponential, sums of lanes, the places of results. Included by scalar_*.cpp only.
#pragma once

#include <bit>
#include <cmath>

#include "kernels/exp_constants.h"
#include "kernels/kernels.h"

namespace lemma::scalar {

void matmul_q4_0(const MatmulArgs& args);
void matmul_q4_k(const MatmulArgs& args);
void matmul_q5_k(const MatmulArgs& args);
void matmul_q6_k(const MatmulArgs& args);
void attention(const AttentionArgs& args);
void attention_f32(const AttentionArgs& args);
void attention_q8(const AttentionArgs& args);

constexpr float identity(float value) { return value; }

/// exp_constants.h
inline float exp_reference(float x) {
  x = x > kExpLow ? x : kExpLow;
  x = x < kExpHigh ? x : kExpHigh;
  const float n = std::nearbyintf(x * kLog2E);
  float r = std::fmaf(-n, kLn2High, x);
  r = std::fmaf(-n, kLn2Low, r);
  float p = kExpPolynomial[0];
  for (int i = 1; i < 6; ++i) p = std::fmaf(p, r, kExpPolynomial[i]);
  const float y = std::fmaf(p, r * r, r) + 1.0F;
  return std::bit_cast<float>(std::bit_cast<uint32_t>(y) + (static_cast<uint32_t>(static_cast<int32_t>(n)) << 23));
}

/// Sums 16 lanes by halves: i and i + 8, then i and i + 4, ...
inline float tree_sum(float* lanes) {
  for (uint32_t half = kRows / 2; half > 0; half /= 2)
    for (uint32_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  return lanes[0];
}

inline void store(const MatmulArgs& args, size_t row, uint32_t column, const float* acc) {
  float* out = args.out + column * args.out_stride + row;
  for (uint32_t r = 0; r < kRows; ++r) out[r] = args.accumulate ? out[r] + acc[r] : acc[r];
}

/// Columns of the tile that begins at column `first`.
inline uint32_t tile_columns(const MatmulArgs& args, uint32_t first) {
  return args.columns - first < kColumns ? args.columns - first : kColumns;
}

}  // namespace lemma::scalar
