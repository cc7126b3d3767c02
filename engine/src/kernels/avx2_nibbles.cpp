// Q4_0, Q4_K, Q5_K and Q6_K with AVX2 alone. Products of maddubs are summed in 16 bits as long as they fit: eight quads of 4-bit
// weights, four of 5-bit, two of 6-bit.

#if defined(__x86_64__)

#include "kernels/avx2_nibbles.h"

namespace lemma::avx2 {
namespace {

// Quads whose sum fits 16 bits: 2 * 127 * (15, 31 or 63) * quads < 2^15.
constexpr uint32_t quads_at_once(uint32_t high_bits) { return 8U >> high_bits; }
static_assert(2 * 127 * 15 * quads_at_once(0) < 32768 && 2 * 127 * 31 * quads_at_once(1) < 32768 &&
              2 * 127 * 63 * quads_at_once(2) < 32768);

struct Maddubs {
  // sum += quads [Quad, End) times the tile's, in 16 bits.
  template <uint32_t HighBits, uint32_t C, uint32_t Quad, uint32_t End>
  [[gnu::always_inline]] static inline void add_products(const uint8_t* block, const uint8_t* tile, __m256i* sum) {
    if constexpr (Quad < End) {
      const __m256i w = quad_of<HighBits, Quad>(block);
#pragma GCC unroll 4
      for (uint32_t c = 0; c < C; ++c)
        sum[c] = _mm256_add_epi16(sum[c], _mm256_maddubs_epi16(w, _mm256_set1_epi32(read4(tile + c * kTileBlock + Quad * 4))));
      add_products<HighBits, C, Quad + 1, End>(block, tile, sum);
    }
  }

  template <uint32_t HighBits, uint32_t C, uint32_t Quad, uint32_t End>
  [[gnu::always_inline]] static inline void add_quads(const uint8_t* block, const uint8_t* tile, __m256i* dot) {
    if constexpr (Quad < End) {
      constexpr uint32_t kNext = Quad + quads_at_once(HighBits);
      __m256i sum[C];
      for (uint32_t c = 0; c < C; ++c) sum[c] = _mm256_setzero_si256();
      add_products<HighBits, C, Quad, kNext>(block, tile, sum);
#pragma GCC unroll 4
      for (uint32_t c = 0; c < C; ++c) dot[c] = _mm256_add_epi32(dot[c], _mm256_madd_epi16(sum[c], _mm256_set1_epi16(1)));
      add_quads<HighBits, C, kNext, End>(block, tile, dot);
    }
  }
};

}  // namespace

void matmul_q4_0(const MatmulArgs& args) { for_halves<Q4<Maddubs>>(args); }
void matmul_q4_k(const MatmulArgs& args) { for_halves<WithMinimum<Maddubs, 0>>(args); }
void matmul_q5_k(const MatmulArgs& args) { for_halves<WithMinimum<Maddubs, 1>>(args); }
void matmul_q6_k(const MatmulArgs& args) { for_halves<Q6K<Maddubs>>(args); }

}  // namespace lemma::avx2

#endif
