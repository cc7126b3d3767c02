// Q4_0, Q4_K, Q5_K and Q6_K on eight rows at a time (packed_nibbles.h): scales and the order of sums. How quads are unpacked,
// multiplied and summed is the including file's: Dots::add_quads<HighBits, C, Quad, End>(block, tile, dot) adds quads
// [Quad, End) times the tile's to dot[C]. It also defines LEMMA_SET as its namespace, and in it V8 and I8. Included by avx2_*,
// avxvnni_* and neon_* files only; all functions have internal linkage.
#pragma once

#include "kernels/packed_nibbles.h"
#include "kernels/v16_halves.h"

namespace lemma::LEMMA_SET {
namespace {

template <typename Dots>
struct Q4 {
  template <uint32_t C>
  static void half(const uint8_t* weights, uint32_t half, uint32_t k, const uint8_t* tile, uint32_t count, float* out, size_t stride,
                   bool accumulate) {
    const uint8_t* scales = weights + half * 16;
    const uint8_t* block = weights + q8_scale_bytes(k) + half * 32;
    V8 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = zero8();
    for (uint32_t b = 0; b < k / kBlock; ++b, tile += count * kTileBlock, block += kNibbleBytes, scales += kRows * 2) {
      I8 dot[C];
      for (uint32_t c = 0; c < C; ++c) dot[c] = set8(correction(tile, c) >> 4);  // -8 * sum
      Dots::template add_quads<0, C, 0, 8>(block, tile, dot);
      const V8 scale = halves(scales);
      for (uint32_t c = 0; c < C; ++c)
        acc[c] = fma(to_floats(dot[c]), mul(scale, tile_scale(tile, c)), acc[c]);
    }
    for (uint32_t c = 0; c < C; ++c) put(out + c * stride, acc[c], accumulate);
  }
};

// Q4_K and Q5_K.
template <typename Dots, uint32_t HighBits>
struct WithMinimum {
  template <uint32_t C>
  static void half(const uint8_t* weights, uint32_t half, uint32_t k, const uint8_t* tile, uint32_t count, float* out, size_t stride,
                   bool accumulate) {
    V8 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = zero8();
    for (uint32_t s = 0; s < k / (kBlock * kSuperBlocks); ++s, weights += packed_super_bytes(HighBits)) {
      const V8 d = halves(weights + half * 16);
      const V8 dmin = mul(halves(weights + kRows * 2 + half * 16), set8(1.0F / 128.0F));
      const uint8_t* factors = weights + kRows * 4 + half * 8;
      const uint8_t* block = weights + kSuperHeadBytes + half * 32;
      for (uint32_t b = 0; b < kSuperBlocks;
           ++b, tile += count * kTileBlock, factors += kRows * 2, block += nibble_block_bytes(HighBits)) {
        I8 dot[C];
        for (uint32_t c = 0; c < C; ++c) dot[c] = set8(0);
        Dots::template add_quads<HighBits, C, 0, 8>(block, tile, dot);
        const V8 scale = mul(d, unsigned_floats(factors));
        const V8 minimum = mul(dmin, unsigned_floats(factors + kRows));
        for (uint32_t c = 0; c < C; ++c) {
          const V8 scale_x = tile_scale(tile, c);
          const V8 offset = mul(set8(static_cast<float>(correction(tile, c))), scale_x);
          acc[c] = fma(to_floats(dot[c]), mul(scale, scale_x), acc[c]);
          acc[c] = fma(minimum, offset, acc[c]);
        }
      }
    }
    for (uint32_t c = 0; c < C; ++c) put(out + c * stride, acc[c], accumulate);
  }
};

template <typename Dots>
struct Q6K {
  template <uint32_t C>
  static void half(const uint8_t* weights, uint32_t half, uint32_t k, const uint8_t* tile, uint32_t count, float* out, size_t stride,
                   bool accumulate) {
    V8 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = zero8();
    for (uint32_t s = 0; s < k / (kBlock * kSuperBlocks); ++s, weights += packed_super_bytes(2)) {
      const V8 d = halves(weights + half * 16);
      const uint8_t* factors = weights + kRows * 4 + half * 8;
      const uint8_t* block = weights + kSuperHeadBytes + half * 32;
      for (uint32_t b = 0; b < kSuperBlocks; ++b, tile += count * kTileBlock, factors += kRows * 2, block += nibble_block_bytes(2)) {
        I8 dot[C];
        V8 sum[C];  // of integers, exact
        for (uint32_t c = 0; c < C; ++c) dot[c] = set8(first_half_correction(tile, c) >> 2);  // -32 * sum
        Dots::template add_quads<2, C, 0, 4>(block, tile, dot);
        const V8 first = signed_floats(factors), second = signed_floats(factors + kRows);
        for (uint32_t c = 0; c < C; ++c) {
          sum[c] = mul(to_floats(dot[c]), first);
          dot[c] = set8((correction(tile, c) - first_half_correction(tile, c)) >> 2);
        }
        Dots::template add_quads<2, C, 4, 8>(block, tile, dot);
        for (uint32_t c = 0; c < C; ++c) {
          sum[c] = fma(to_floats(dot[c]), second, sum[c]);
          acc[c] = fma(sum[c], mul(d, tile_scale(tile, c)), acc[c]);
        }
      }
    }
    for (uint32_t c = 0; c < C; ++c) put(out + c * stride, acc[c], accumulate);
  }
};

}  // namespace
}  // namespace lemma::LEMMA_SET
