// What the AVX-512 multiplications of quantised types and BF16 share: broadcasts, stores and the loops over row blocks and tiles.
// Included by avx512_*.cpp only; all functions have internal linkage.
#pragma once

#include "kernels/avx512_math.h"

namespace lemma::avx512 {
namespace {

[[maybe_unused]] inline void store(float* out, __m512 value, bool accumulate) {
  _mm512_storeu_ps(out, accumulate ? _mm512_add_ps(_mm512_loadu_ps(out), value) : value);
}

[[maybe_unused]] inline __m512i broadcast4(const uint8_t* at) {
  int32_t four;
  __builtin_memcpy(&four, at, 4);
  return _mm512_set1_epi32(four);
}

// Scale, correction and correction of the first half of column c.
[[maybe_unused]] inline __m512 tile_scale(const uint8_t* tile, uint32_t c) {
  return _mm512_castsi512_ps(broadcast4(tile + c * kTileBlock + kTileScale));
}
[[maybe_unused]] inline __m512i correction(const uint8_t* tile, uint32_t c) {
  return broadcast4(tile + c * kTileBlock + kTileCorrection);
}
[[maybe_unused]] inline __m512i first_half_correction(const uint8_t* tile, uint32_t c) {
  return broadcast4(tile + c * kTileBlock + kTileFirstHalf);
}

// One row block times one tile of C columns: weights, k, tile, out, out_stride, accumulate.
using TileFunction = void (*)(const uint8_t*, uint32_t, const uint8_t*, float*, size_t, bool);

// Type::tile<C> for every row block and tile.
template <typename Type>
void for_tiles(const MatmulArgs& args) {
  static constexpr TileFunction kTiles[kColumns] = {Type::template tile<1>, Type::template tile<2>, Type::template tile<3>,
                                                    Type::template tile<4>, Type::template tile<5>, Type::template tile<6>,
                                                    Type::template tile<7>, Type::template tile<8>};
  for (uint32_t block = 0; block < args.row_blocks; ++block)
    for (uint32_t first = 0; first < args.columns; first += kColumns) {
      const uint32_t count = args.columns - first < kColumns ? args.columns - first : kColumns;
      kTiles[count - 1](args.weights + block * args.row_block_bytes, args.k, args.tiles + first / kColumns * args.tile_bytes,
                        args.out + first * args.out_stride + size_t{block} * kRows, args.out_stride, args.accumulate);
    }
}

// R row blocks of BF16 pairs times one tile of C columns: weights, row_block_bytes, pairs, tile, out, out_stride, accumulate.
using PairFunction = void (*)(const uint8_t*, size_t, uint32_t, const uint8_t*, float*, size_t, bool);

// Type::tile<R, C> for every group of row blocks and tile. R keeps enough chains of sums in flight.
template <typename Type, uint32_t C>
void pair_blocks(const MatmulArgs& args, const uint8_t* tile, float* out) {
  constexpr uint32_t R = C <= 2 ? 4 : 2;
  const uint32_t pairs = (args.k + 1) / 2;
  for (uint32_t block = 0; block < args.row_blocks;) {
    const bool whole = block + R <= args.row_blocks;
    const PairFunction part = whole ? Type::template tile<R, C> : Type::template tile<1, C>;
    part(args.weights + block * args.row_block_bytes, args.row_block_bytes, pairs, tile, out + size_t{block} * kRows, args.out_stride,
         args.accumulate);
    block += whole ? R : 1;
  }
}

template <typename Type>
[[gnu::noinline]] void for_pair_tiles(const MatmulArgs& args) {
  using Blocks = void (*)(const MatmulArgs&, const uint8_t*, float*);
  static constexpr Blocks kBlocks[kColumns] = {pair_blocks<Type, 1>, pair_blocks<Type, 2>, pair_blocks<Type, 3>, pair_blocks<Type, 4>,
                                               pair_blocks<Type, 5>, pair_blocks<Type, 6>, pair_blocks<Type, 7>, pair_blocks<Type, 8>};
  for (uint32_t first = 0; first < args.columns; first += kColumns) {
    const uint32_t count = args.columns - first < kColumns ? args.columns - first : kColumns;
    kBlocks[count - 1](args, args.tiles + first / kColumns * args.tile_bytes, args.out + first * args.out_stride);
  }
}

}  // namespace
}  // namespace lemma::avx512
