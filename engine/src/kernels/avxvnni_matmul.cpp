// Multiplication of quantised types with the 256-bit vpdpbusd: for CPUs that have AVX-VNNI but not AVX-512. Everything else of that
// kernel set is AVX2's. Compiled for AVX-512 VL and VNNI instead, which encode the same instruction, the tests can run it on more CPUs.

#if defined(__x86_64__)

#include "kernels/avx2_nibbles.h"

namespace lemma::avx2 {
namespace {

inline __m256i dpbusd(__m256i sum, __m256i w, const uint8_t* x) {
#if defined(__AVXVNNI__)
  return _mm256_dpbusd_avx_epi32(sum, w, _mm256_set1_epi32(read4(x)));
#else
  return _mm256_dpbusd_epi32(sum, w, _mm256_set1_epi32(read4(x)));
#endif
}

struct Vnni {
  template <uint32_t HighBits, uint32_t C, uint32_t Quad, uint32_t End>
  [[gnu::always_inline]] static inline void add_quads(const uint8_t* block, const uint8_t* tile, __m256i* dot) {
    if constexpr (Quad < End) {
      const __m256i w = quad_of<HighBits, Quad>(block);
#pragma GCC unroll 4
      for (uint32_t c = 0; c < C; ++c) dot[c] = dpbusd(dot[c], w, tile + c * kTileBlock + Quad * 4);
      add_quads<HighBits, C, Quad + 1, End>(block, tile, dot);
    }
  }
};

struct Q8Vnni {
  template <uint32_t C>
  static void half(const uint8_t* weights, uint32_t half, uint32_t k, const uint8_t* tile, uint32_t count, float* out,
                   size_t stride, bool accumulate) {
    const uint8_t* scales = weights + half * 16;
    const uint8_t* quants = weights + q8_scale_bytes(k) + half * 32;
    __m256 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm256_setzero_ps();
    for (uint32_t b = 0; b < k / kBlock; ++b, tile += count * kTileBlock, quants += kBlock * kRows, scales += kRows * 2) {
      __m256i dot[C];
      for (uint32_t c = 0; c < C; ++c) dot[c] = _mm256_set1_epi32(correction(tile, c));
#pragma GCC unroll 8
      for (uint32_t quad = 0; quad < 8; ++quad) {
        const __m256i w = load32(quants + quad * 64);
#pragma GCC unroll 4
        for (uint32_t c = 0; c < C; ++c) dot[c] = dpbusd(dot[c], w, tile + c * kTileBlock + quad * 4);
      }
      const __m256 scale = halves(scales);
      for (uint32_t c = 0; c < C; ++c)
        acc[c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot[c]), _mm256_mul_ps(scale, tile_scale(tile, c)), acc[c]);
    }
    for (uint32_t c = 0; c < C; ++c) put(out + c * stride, acc[c], accumulate);
  }
};

}  // namespace
}  // namespace lemma::avx2

namespace lemma::avxvnni {

void matmul_q8_0(const MatmulArgs& args) { avx2::for_halves<avx2::Q8Vnni>(args); }
void matmul_q4_0(const MatmulArgs& args) { avx2::for_halves<avx2::Q4<avx2::Vnni>>(args); }
void matmul_q4_k(const MatmulArgs& args) { avx2::for_halves<avx2::WithMinimum<avx2::Vnni, 0>>(args); }
void matmul_q5_k(const MatmulArgs& args) { avx2::for_halves<avx2::WithMinimum<avx2::Vnni, 1>>(args); }
void matmul_q6_k(const MatmulArgs& args) { avx2::for_halves<avx2::Q6K<avx2::Vnni>>(args); }

}  // namespace lemma::avxvnni

#endif
