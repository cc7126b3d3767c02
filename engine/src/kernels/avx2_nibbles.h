// Q4_0, Q4_K, Q5_K and Q6_K on eight rows at a time (packed_nibbles.h): quads become unsigned bytes in registers. How bytes are
// multiplied and summed is the including file's: Dots::add_quads<HighBits, C, Quad, End>(block, tile, dot) adds quads
// [Quad, End) times the tile's to dot[C]. Included by avx2_*.cpp and avxvnni_*.cpp only; all functions have internal linkage.
#pragma once

#include "kernels/avx2_tile.h"
#include "kernels/packed_nibbles.h"

namespace lemma::avx2 {
namespace {

[[maybe_unused]] inline __m256i load32(const uint8_t* at) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)); }

// Quad `Quad` of eight rows; `block` points at the half's part.
template <uint32_t HighBits, uint32_t Quad>
inline __m256i quad_of(const uint8_t* block) {
  __m256i w = load32(block + Quad % 4 * 64);
  if constexpr (Quad >= 4) w = _mm256_srli_epi16(w, 4);
  w = _mm256_and_si256(w, _mm256_set1_epi8(15));
  if constexpr (HighBits > 0) {
    __m256i high = load32(block + kNibbleBytes + (HighBits == 2 ? Quad / 4 : 0) * kHighWordBytes);
    constexpr uint32_t place = high_bit_place(HighBits, Quad);
    if constexpr (place < 4) high = _mm256_slli_epi32(high, 4 - static_cast<int>(place));
    if constexpr (place > 4) high = _mm256_srli_epi32(high, static_cast<int>(place) - 4);
    w = _mm256_or_si256(w, _mm256_and_si256(high, _mm256_set1_epi8(HighBits == 1 ? 0x10 : 0x30)));
  }
  return w;
}

[[maybe_unused]] inline __m128i load8(const uint8_t* at) { return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)); }
[[maybe_unused]] inline __m256 unsigned_floats(const uint8_t* at) { return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(load8(at))); }
[[maybe_unused]] inline __m256 signed_floats(const uint8_t* at) { return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(load8(at))); }
[[maybe_unused]] inline __m256 halves(const uint8_t* at) {
  return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
}

// Scale, correction and correction of the first half of column c.
[[maybe_unused]] inline __m256 tile_scale(const uint8_t* tile, uint32_t c) {
  return broadcast_float(tile + c * kTileBlock + kTileScale);
}
[[maybe_unused]] inline int32_t correction(const uint8_t* tile, uint32_t c) {
  return read4(tile + c * kTileBlock + kTileCorrection);
}
[[maybe_unused]] inline int32_t first_half_correction(const uint8_t* tile, uint32_t c) {
  return read4(tile + c * kTileBlock + kTileFirstHalf);
}

template <typename Dots>
struct Q4 {
  template <uint32_t C>
  static void half(const uint8_t* weights, uint32_t half, uint32_t k, const uint8_t* tile, uint32_t count, float* out, size_t stride,
                   bool accumulate) {
    const uint8_t* scales = weights + half * 16;
    const uint8_t* block = weights + q8_scale_bytes(k) + half * 32;
    __m256 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm256_setzero_ps();
    for (uint32_t b = 0; b < k / kBlock; ++b, tile += count * kTileBlock, block += kNibbleBytes, scales += kRows * 2) {
      __m256i dot[C];
      for (uint32_t c = 0; c < C; ++c) dot[c] = _mm256_set1_epi32(correction(tile, c) >> 4);  // -8 * sum
      Dots::template add_quads<0, C, 0, 8>(block, tile, dot);
      const __m256 scale = halves(scales);
      for (uint32_t c = 0; c < C; ++c)
        acc[c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot[c]), _mm256_mul_ps(scale, tile_scale(tile, c)), acc[c]);
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
    __m256 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm256_setzero_ps();
    for (uint32_t s = 0; s < k / (kBlock * kSuperBlocks); ++s, weights += packed_super_bytes(HighBits)) {
      const __m256 d = halves(weights + half * 16);
      const __m256 dmin = _mm256_mul_ps(halves(weights + kRows * 2 + half * 16), _mm256_set1_ps(1.0F / 128.0F));
      const uint8_t* factors = weights + kRows * 4 + half * 8;
      const uint8_t* block = weights + kSuperHeadBytes + half * 32;
      for (uint32_t b = 0; b < kSuperBlocks;
           ++b, tile += count * kTileBlock, factors += kRows * 2, block += nibble_block_bytes(HighBits)) {
        __m256i dot[C];
        for (uint32_t c = 0; c < C; ++c) dot[c] = _mm256_setzero_si256();
        Dots::template add_quads<HighBits, C, 0, 8>(block, tile, dot);
        const __m256 scale = _mm256_mul_ps(d, unsigned_floats(factors));
        const __m256 minimum = _mm256_mul_ps(dmin, unsigned_floats(factors + kRows));
        for (uint32_t c = 0; c < C; ++c) {
          const __m256 scale_x = tile_scale(tile, c);
          const __m256 offset = _mm256_mul_ps(_mm256_set1_ps(static_cast<float>(correction(tile, c))), scale_x);
          acc[c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot[c]), _mm256_mul_ps(scale, scale_x), acc[c]);
          acc[c] = _mm256_fmadd_ps(minimum, offset, acc[c]);
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
    __m256 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm256_setzero_ps();
    for (uint32_t s = 0; s < k / (kBlock * kSuperBlocks); ++s, weights += packed_super_bytes(2)) {
      const __m256 d = halves(weights + half * 16);
      const uint8_t* factors = weights + kRows * 4 + half * 8;
      const uint8_t* block = weights + kSuperHeadBytes + half * 32;
      for (uint32_t b = 0; b < kSuperBlocks; ++b, tile += count * kTileBlock, factors += kRows * 2, block += nibble_block_bytes(2)) {
        __m256i dot[C];
        __m256 sum[C];  // of integers, exact
        for (uint32_t c = 0; c < C; ++c) dot[c] = _mm256_set1_epi32(first_half_correction(tile, c) >> 2);  // -32 * sum
        Dots::template add_quads<2, C, 0, 4>(block, tile, dot);
        const __m256 first = signed_floats(factors), second = signed_floats(factors + kRows);
        for (uint32_t c = 0; c < C; ++c) {
          sum[c] = _mm256_mul_ps(_mm256_cvtepi32_ps(dot[c]), first);
          dot[c] = _mm256_set1_epi32((correction(tile, c) - first_half_correction(tile, c)) >> 2);
        }
        Dots::template add_quads<2, C, 4, 8>(block, tile, dot);
        for (uint32_t c = 0; c < C; ++c) {
          sum[c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot[c]), second, sum[c]);
          acc[c] = _mm256_fmadd_ps(sum[c], _mm256_mul_ps(d, tile_scale(tile, c)), acc[c]);
        }
      }
    }
    for (uint32_t c = 0; c < C; ++c) put(out + c * stride, acc[c], accumulate);
  }
};

}  // namespace
}  // namespace lemma::avx2
