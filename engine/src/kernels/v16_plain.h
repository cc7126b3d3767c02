// Multiplication of F32, F16 and BF16 over V16: a V16 holds the 16 rows of a row block; columns are taken four at once. The including
// file defines LEMMA_SET as its namespace and V16 in it. Included by avx2_*.cpp and neon_*.cpp only; all functions have internal
// linkage.
#pragma once

#include "kernels/kernels.h"
#include "kernels/v16_halves.h"

namespace lemma::LEMMA_SET {
namespace {

inline void put(float* out, V16 value, bool accumulate) { store(out, accumulate ? add(load(out), value) : value); }

struct LoadF32 {
  static constexpr size_t kBytes = 4;
  static V16 load(const uint8_t* at) { return LEMMA_SET::load(reinterpret_cast<const float*>(at)); }
};
struct LoadF16 {
  static constexpr size_t kBytes = 2;
  static V16 load(const uint8_t* at) { return load_half(reinterpret_cast<const uint16_t*>(at)); }
};

// R row blocks and C columns of a tile with `count` columns.
template <typename Load, uint32_t R, uint32_t C>
void plain_part(const MatmulArgs& args, uint32_t block, const float* x, uint32_t count, float* out) {
  const uint8_t* weights = args.weights + block * args.row_block_bytes;
  V16 acc[R][C];
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) acc[r][c] = zero();
  for (uint32_t i = 0; i < args.k; ++i, x += count)
#pragma GCC unroll 4
    for (uint32_t r = 0; r < R; ++r) {
      const V16 w = Load::load(weights + r * args.row_block_bytes + i * (kRows * Load::kBytes));
#pragma GCC unroll 4
      for (uint32_t c = 0; c < C; ++c) acc[r][c] = fma(w, set1(x[c]), acc[r][c]);
    }
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) {
      float* to = out + c * args.out_stride + size_t{block + r} * kRows;
      put(to, acc[r][c], args.accumulate);
    }
}

template <typename Load, uint32_t C>
void plain_columns(const MatmulArgs& args, const float* x, uint32_t count, float* out) {
  constexpr uint32_t R = C == 1 ? 4 : C == 2 ? 2 : 1;
  uint32_t block = 0;
  for (; block + R <= args.row_blocks; block += R) plain_part<Load, R, C>(args, block, x, count, out);
  for (; block < args.row_blocks; ++block) plain_part<Load, 1, C>(args, block, x, count, out);
}

template <typename Load>
void plain(const MatmulArgs& args) {
  using Columns = void (*)(const MatmulArgs&, const float*, uint32_t, float*);
  static constexpr Columns kColumnCounts[kGroup] = {plain_columns<Load, 1>, plain_columns<Load, 2>, plain_columns<Load, 3>,
                                                    plain_columns<Load, 4>};
  for (uint32_t first = 0; first < args.columns; first += kColumns) {
    const uint32_t count = args.columns - first < kColumns ? args.columns - first : kColumns;
    const float* tile = reinterpret_cast<const float*>(args.tiles + first / kColumns * args.tile_bytes);
    for (uint32_t c = 0; c < count; c += kGroup)
      kColumnCounts[(count - c < kGroup ? count - c : kGroup) - 1](args, tile + c, count, args.out + (first + c) * args.out_stride);
  }
}

// BF16: the odd and the even element of a pair are taken apart in registers and go through the fused multiply-add in the order of
// kernels.h. C columns of a tile with `count` columns.
template <uint32_t C>
void pair_columns(const uint8_t* weights, uint32_t pairs, const uint8_t* tile, uint32_t count, float* out, size_t stride, bool accumulate) {
  V16 acc[C];
  for (uint32_t c = 0; c < C; ++c) acc[c] = zero();
  for (uint32_t i = 0; i < pairs; ++i, weights += kRows * 4, tile += count * 4) {
    const Pairs w = load_pairs(weights);
#pragma GCC unroll 4
    for (uint32_t c = 0; c < C; ++c) {
      const Pairs x = set1_pairs(read4(tile + c * 4));
      acc[c] = fma(even(w), even(x), fma(odd(w), odd(x), acc[c]));
    }
  }
  for (uint32_t c = 0; c < C; ++c) put(out + c * stride, acc[c], accumulate);
}

[[gnu::noinline]] void pair_blocks(const MatmulArgs& args) {
  using Columns = void (*)(const uint8_t*, uint32_t, const uint8_t*, uint32_t, float*, size_t, bool);
  static constexpr Columns kCounts[kGroup] = {pair_columns<1>, pair_columns<2>, pair_columns<3>, pair_columns<4>};
  for (uint32_t block = 0; block < args.row_blocks; ++block)
    for (uint32_t first = 0; first < args.columns; first += kColumns) {
      const uint32_t count = args.columns - first < kColumns ? args.columns - first : kColumns;
      const uint8_t* tile = args.tiles + first / kColumns * args.tile_bytes;
      for (uint32_t c = 0; c < count; c += kGroup)
        kCounts[(count - c < kGroup ? count - c : kGroup) - 1](args.weights + block * args.row_block_bytes, (args.k + 1) / 2, tile + c * 4,
                                                               count, args.out + (first + c) * args.out_stride + size_t{block} * kRows,
                                                               args.out_stride, args.accumulate);
    }
}

// Numbers below 2^-126 count as 0, as vdpbf16ps has it.
void pairs(const MatmulArgs& args) {
  const auto mode = flush_tiny();
  pair_blocks(args);
  restore_mode(mode);
}

}  // namespace
}  // namespace lemma::LEMMA_SET
