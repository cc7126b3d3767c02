// Q4_0, Q4_K, Q5_K and Q6_K with AVX-512 VNNI: quads become unsigned bytes in registers, which is what vpdpbusd wants, and C columns
// share them.

#if defined(__x86_64__)

#include "kernels/avx512_nibbles.h"

namespace lemma::avx512 {
namespace {

// dot += quads [Quad, End) times the tile's.
template <uint32_t HighBits, uint32_t C, uint32_t Quad, uint32_t End>
[[gnu::always_inline]] inline void add_quads(const uint8_t* block, const uint8_t* tile, __m512i* dot) {
  if constexpr (Quad < End) {
    const __m512i w = quad_of<HighBits, Quad>(block);
#pragma GCC unroll 8
    for (uint32_t c = 0; c < C; ++c) dot[c] = _mm512_dpbusd_epi32(dot[c], w, broadcast4(tile + c * kTileBlock + Quad * 4));
    add_quads<HighBits, C, Quad + 1, End>(block, tile, dot);
  }
}

struct Q4 {
  template <uint32_t C>
  static void tile(const uint8_t* weights, uint32_t k, const uint8_t* tile, float* out, size_t stride, bool accumulate) {
    const uint8_t* scales = weights;
    const uint8_t* block = weights + q8_scale_bytes(k);
    __m512 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm512_setzero_ps();
    for (uint32_t b = 0; b < k / kBlock; ++b, tile += C * kTileBlock, block += kNibbleBytes, scales += kRows * 2) {
      __m512i dot[C];
      for (uint32_t c = 0; c < C; ++c) dot[c] = _mm512_srai_epi32(correction(tile, c), 4);  // -8 * sum
      add_quads<0, C, 0, 8>(block, tile, dot);
      const __m512 scale = halves(scales);
#pragma GCC unroll 8
      for (uint32_t c = 0; c < C; ++c)
        acc[c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dot[c]), _mm512_mul_ps(scale, tile_scale(tile, c)), acc[c]);
    }
    for (uint32_t c = 0; c < C; ++c) store(out + c * stride, acc[c], accumulate);
  }
};

// Q4_K and Q5_K.
template <uint32_t HighBits>
struct WithMinimum {
  template <uint32_t C>
  static void tile(const uint8_t* weights, uint32_t k, const uint8_t* tile, float* out, size_t stride, bool accumulate) {
    __m512 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm512_setzero_ps();
    for (uint32_t s = 0; s < k / (kBlock * kSuperBlocks); ++s, weights += packed_super_bytes(HighBits)) {
      const __m512 d = halves(weights), dmin = _mm512_mul_ps(halves(weights + kRows * 2), _mm512_set1_ps(1.0F / 128.0F));
      const uint8_t* factors = weights + kRows * 4;
      const uint8_t* block = weights + kSuperHeadBytes;
      for (uint32_t b = 0; b < kSuperBlocks; ++b, tile += C * kTileBlock, factors += kRows * 2, block += nibble_block_bytes(HighBits)) {
        __m512i dot[C];
        for (uint32_t c = 0; c < C; ++c) dot[c] = _mm512_setzero_si512();
        add_quads<HighBits, C, 0, 8>(block, tile, dot);
        const __m512 scale = _mm512_mul_ps(d, unsigned_floats(factors));
        const __m512 minimum = _mm512_mul_ps(dmin, unsigned_floats(factors + kRows));
#pragma GCC unroll 8
        for (uint32_t c = 0; c < C; ++c) {
          const __m512 scale_x = tile_scale(tile, c);
          acc[c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dot[c]), _mm512_mul_ps(scale, scale_x), acc[c]);
          acc[c] = _mm512_fmadd_ps(minimum, _mm512_mul_ps(_mm512_cvtepi32_ps(correction(tile, c)), scale_x), acc[c]);
        }
      }
    }
    for (uint32_t c = 0; c < C; ++c) store(out + c * stride, acc[c], accumulate);
  }
};

struct Q6K {
  template <uint32_t C>
  static void tile(const uint8_t* weights, uint32_t k, const uint8_t* tile, float* out, size_t stride, bool accumulate) {
    __m512 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm512_setzero_ps();
    for (uint32_t s = 0; s < k / (kBlock * kSuperBlocks); ++s, weights += packed_super_bytes(2)) {
      const __m512 d = halves(weights);
      const uint8_t* factors = weights + kRows * 4;
      const uint8_t* block = weights + kSuperHeadBytes;
      for (uint32_t b = 0; b < kSuperBlocks; ++b, tile += C * kTileBlock, factors += kRows * 2, block += nibble_block_bytes(2)) {
        __m512i dot[C];
        __m512 sum[C];  // of integers, exact
        for (uint32_t c = 0; c < C; ++c) dot[c] = _mm512_srai_epi32(first_half_correction(tile, c), 2);  // -32 * sum
        add_quads<2, C, 0, 4>(block, tile, dot);
        const __m512 first = signed_floats(factors), second = signed_floats(factors + kRows);
#pragma GCC unroll 8
        for (uint32_t c = 0; c < C; ++c) {
          sum[c] = _mm512_mul_ps(_mm512_cvtepi32_ps(dot[c]), first);
          dot[c] = _mm512_srai_epi32(_mm512_sub_epi32(correction(tile, c), first_half_correction(tile, c)), 2);
        }
        add_quads<2, C, 4, 8>(block, tile, dot);
#pragma GCC unroll 8
        for (uint32_t c = 0; c < C; ++c) {
          sum[c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dot[c]), second, sum[c]);
          acc[c] = _mm512_fmadd_ps(sum[c], _mm512_mul_ps(d, tile_scale(tile, c)), acc[c]);
        }
      }
    }
    for (uint32_t c = 0; c < C; ++c) store(out + c * stride, acc[c], accumulate);
  }
};

}  // namespace

void matmul_q4_0(const MatmulArgs& args) { for_tiles<Q4>(args); }
void matmul_q4_k(const MatmulArgs& args) { for_tiles<WithMinimum<0>>(args); }
void matmul_q5_k(const MatmulArgs& args) { for_tiles<WithMinimum<1>>(args); }
void matmul_q6_k(const MatmulArgs& args) { for_tiles<Q6K>(args); }

}  // namespace lemma::avx512

#endif
