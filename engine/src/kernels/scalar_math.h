// What the scalar kernels share: the places of their results. Included by scalar_*.cpp only.
#pragma once

#include "kernels/kernels.h"

namespace lemma::scalar {

void matmul_q4_0(const MatmulArgs& args);
void matmul_q4_k(const MatmulArgs& args);
void matmul_q5_k(const MatmulArgs& args);
void matmul_q6_k(const MatmulArgs& args);

inline void store(const MatmulArgs& args, size_t row, uint32_t column, const float* acc) {
  float* out = args.out + column * args.out_stride + row;
  for (uint32_t r = 0; r < kRows; ++r) out[r] = args.accumulate ? out[r] + acc[r] : acc[r];
}

/// Columns of the tile that begins at column `first`.
inline uint32_t tile_columns(const MatmulArgs& args, uint32_t first) {
  return args.columns - first < kColumns ? args.columns - first : kColumns;
}

}  // namespace lemma::scalar
