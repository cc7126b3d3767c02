// BF16 weights with vdpbf16ps, which multiplies and adds two pairs a lane (kernels.h has its order and rounding). Everything else of
// that kernel set is AVX-512's.

#if defined(__x86_64__)

#include "kernels/avx512_tile.h"

namespace lemma::avx512 {
namespace {

struct Dot {
  template <uint32_t R, uint32_t C>
  static void tile(const uint8_t* weights, size_t row_block_bytes, uint32_t pairs, const uint8_t* tile, float* out, size_t stride,
                   bool accumulate) {
    __m512 acc[R][C];
    for (uint32_t r = 0; r < R; ++r)
      for (uint32_t c = 0; c < C; ++c) acc[r][c] = _mm512_setzero_ps();
    for (uint32_t i = 0; i < pairs; ++i, weights += kRows * 4, tile += C * 4)
#pragma GCC unroll 4
      for (uint32_t r = 0; r < R; ++r) {
        const __m512bh w = reinterpret_cast<__m512bh>(_mm512_loadu_si512(weights + r * row_block_bytes));
#pragma GCC unroll 8
        for (uint32_t c = 0; c < C; ++c)
          acc[r][c] = _mm512_dpbf16_ps(acc[r][c], w, reinterpret_cast<__m512bh>(broadcast4(tile + c * 4)));
      }
    for (uint32_t r = 0; r < R; ++r)
      for (uint32_t c = 0; c < C; ++c) store(out + c * stride + r * kRows, acc[r][c], accumulate);
  }
};

}  // namespace
}  // namespace lemma::avx512

namespace lemma::avx512bf16 {

void matmul_bf16(const MatmulArgs& args) { avx512::for_pair_tiles<avx512::Dot>(args); }

}  // namespace lemma::avx512bf16

#endif
