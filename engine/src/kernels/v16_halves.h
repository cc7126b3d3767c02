// The loop of quantised multiplications over row blocks, halves of them (eight rows) and groups of columns, and reads of a tile. The
// including file defines LEMMA_SET as its namespace. Included by avx2_*, avxvnni_* and neon_* files only; all functions have
// internal linkage.
#pragma once

#include "kernels/kernels.h"

namespace lemma::LEMMA_SET {
namespace {

constexpr uint32_t kGroup = 4;  // columns that share a load of weights

[[maybe_unused]] inline int32_t read4(const uint8_t* at) {
  int32_t four;
  __builtin_memcpy(&four, at, 4);
  return four;
}

// Correction of column c, and that of the first half.
[[maybe_unused]] inline int32_t correction(const uint8_t* tile, uint32_t c) { return read4(tile + c * kTileBlock + kTileCorrection); }
[[maybe_unused]] inline int32_t first_half_correction(const uint8_t* tile, uint32_t c) {
  return read4(tile + c * kTileBlock + kTileFirstHalf);
}

// Eight rows of a row block times some columns of a tile that has `count`: the row block, which half of its rows, k, the first of the
// columns, count, out, out_stride, accumulate.
using HalfFunction = void (*)(const uint8_t*, uint32_t, uint32_t, const uint8_t*, uint32_t, float*, size_t, bool);

// Type::half<C> for every row block, half and up to four columns.
template <typename Type>
void for_halves(const MatmulArgs& args) {
  static constexpr HalfFunction kHalf[kGroup] = {Type::template half<1>, Type::template half<2>, Type::template half<3>,
                                                 Type::template half<4>};
  for (uint32_t block = 0; block < args.row_blocks; ++block)
    for (uint32_t first = 0; first < args.columns; first += kColumns) {
      const uint32_t count = args.columns - first < kColumns ? args.columns - first : kColumns;
      const uint8_t* tile = args.tiles + first / kColumns * args.tile_bytes;
      for (uint32_t c = 0; c < count; c += kGroup)
        for (uint32_t half = 0; half < 2; ++half) {
          float* out = args.out + (first + c) * args.out_stride + size_t{block} * kRows + half * 8;
          kHalf[(count - c < kGroup ? count - c : kGroup) - 1](args.weights + block * args.row_block_bytes, half, args.k, tile + c * kTileBlock,
                                                               count, out, args.out_stride, args.accumulate);
        }
    }
}

}  // namespace
}  // namespace lemma::LEMMA_SET
