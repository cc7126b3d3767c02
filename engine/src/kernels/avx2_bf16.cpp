// BF16 weights with AVX2: the odd and the even element of a pair are taken apart in registers and go through the fused multiply-add,
// in the order that kernels.h fixes.

#if defined(__x86_64__)

#include "kernels/avx2_tile.h"

namespace lemma::avx2 {
namespace {

struct Bf16 {
  static __m256 odd(__m256i pairs) { return _mm256_castsi256_ps(_mm256_and_si256(pairs, _mm256_set1_epi32(~0xFFFF))); }
  static __m256 even(__m256i pairs) { return _mm256_castsi256_ps(_mm256_slli_epi32(pairs, 16)); }

  // C columns of a tile with `count` columns.
  template <uint32_t C>
  static void columns(const uint8_t* weights, uint32_t pairs, const uint8_t* tile, uint32_t count, float* out, size_t stride,
                      bool accumulate) {
    __m256 low[C], high[C];
    for (uint32_t c = 0; c < C; ++c) low[c] = high[c] = _mm256_setzero_ps();
    for (uint32_t i = 0; i < pairs; ++i, weights += kRows * 4, tile += count * 4) {
      const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights));
      const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(weights + 32));
#pragma GCC unroll 4
      for (uint32_t c = 0; c < C; ++c) {
        const __m256i x = _mm256_set1_epi32(read4(tile + c * 4));
        low[c] = _mm256_fmadd_ps(even(first), even(x), _mm256_fmadd_ps(odd(first), odd(x), low[c]));
        high[c] = _mm256_fmadd_ps(even(second), even(x), _mm256_fmadd_ps(odd(second), odd(x), high[c]));
      }
    }
    for (uint32_t c = 0; c < C; ++c) {
      put(out + c * stride, low[c], accumulate);
      put(out + c * stride + 8, high[c], accumulate);
    }
  }
};

[[gnu::noinline]] void multiply(const MatmulArgs& args) {
  using Columns = void (*)(const uint8_t*, uint32_t, const uint8_t*, uint32_t, float*, size_t, bool);
  static constexpr Columns kCounts[kGroup] = {Bf16::columns<1>, Bf16::columns<2>, Bf16::columns<3>, Bf16::columns<4>};
  const uint32_t pairs = (args.k + 1) / 2;
  for (uint32_t block = 0; block < args.row_blocks; ++block)
    for (uint32_t first = 0; first < args.columns; first += kColumns) {
      const uint32_t count = args.columns - first < kColumns ? args.columns - first : kColumns;
      const uint8_t* tile = args.tiles + first / kColumns * args.tile_bytes;
      for (uint32_t c = 0; c < count; c += kGroup)
        kCounts[(count - c < kGroup ? count - c : kGroup) - 1](args.weights + block * args.row_block_bytes, pairs, tile + c * 4, count,
                                                               args.out + (first + c) * args.out_stride + size_t{block} * kRows,
                                                               args.out_stride, args.accumulate);
    }
}

}  // namespace

// Numbers below 2^-126 count as 0: MXCSR bits 15 (results) and 6 (operands).
void matmul_bf16(const MatmulArgs& args) {
  const uint32_t mode = _mm_getcsr();
  _mm_setcsr(mode | 0x8040U);
  multiply(args);
  _mm_setcsr(mode);
}

}  // namespace lemma::avx2

#endif
