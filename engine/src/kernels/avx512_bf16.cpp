// BF16 weights with AVX-512 alone: the odd and the even element of a pair are taken apart in registers and go through the fused
// multiply-add, in the order of vdpbf16ps. R row blocks at once share the taking apart of activations.

#if defined(__x86_64__)

#include "kernels/avx512_tile.h"

namespace lemma::avx512 {
namespace {

inline __m512 odd(__m512i pairs) { return _mm512_castsi512_ps(_mm512_and_si512(pairs, _mm512_set1_epi32(~0xFFFF))); }
inline __m512 even(__m512i pairs) { return _mm512_castsi512_ps(_mm512_slli_epi32(pairs, 16)); }

struct Fma {
  template <uint32_t R, uint32_t C>
  static void tile(const uint8_t* weights, size_t row_block_bytes, uint32_t pairs, const uint8_t* tile, float* out, size_t stride,
                   bool accumulate) {
    __m512 acc[R][C];
    for (uint32_t r = 0; r < R; ++r)
      for (uint32_t c = 0; c < C; ++c) acc[r][c] = _mm512_setzero_ps();
    for (uint32_t i = 0; i < pairs; ++i, weights += kRows * 4, tile += C * 4) {
      __m512 w[R][2];
#pragma GCC unroll 4
      for (uint32_t r = 0; r < R; ++r) {
        const __m512i both = _mm512_loadu_si512(weights + r * row_block_bytes);
        w[r][0] = odd(both);
        w[r][1] = even(both);
      }
#pragma GCC unroll 8
      for (uint32_t c = 0; c < C; ++c) {
        const __m512i both = broadcast4(tile + c * 4);
        const __m512 first = odd(both), second = even(both);
#pragma GCC unroll 4
        for (uint32_t r = 0; r < R; ++r) acc[r][c] = _mm512_fmadd_ps(w[r][1], second, _mm512_fmadd_ps(w[r][0], first, acc[r][c]));
      }
    }
    for (uint32_t r = 0; r < R; ++r)
      for (uint32_t c = 0; c < C; ++c) store(out + c * stride + r * kRows, acc[r][c], accumulate);
  }
};

}  // namespace

// vdpbf16ps flushes numbers below 2^-126 whatever the mode; here that is the mode's matter: MXCSR bits 15 (results) and 6 (operands).
void matmul_bf16(const MatmulArgs& args) {
  const uint32_t mode = _mm_getcsr();
  _mm_setcsr(mode | 0x8040U);
  for_pair_tiles<Fma>(args);
  _mm_setcsr(mode);
}

}  // namespace lemma::avx512

#endif
