// Q4_0, Q4_K, Q5_K and Q6_K with NEON: quads become bytes of at most 63 in registers, which sdot takes as signed.

#if defined(__aarch64__)

#include "kernels/neon_tile.h"
#include "kernels/v16_nibbles.h"

namespace lemma::neon {
namespace {

// Quad `Quad` of four rows; `block` points at their part.
template <uint32_t HighBits, uint32_t Quad>
inline int8x16_t quad_of(const uint8_t* block) {
  const uint8x16_t both = vld1q_u8(block + Quad % 4 * 64);
  uint8x16_t w;
  if constexpr (Quad >= 4) w = vshrq_n_u8(both, 4);
  else w = vandq_u8(both, vdupq_n_u8(15));
  if constexpr (HighBits > 0) {
    uint8x16_t high = vld1q_u8(block + kNibbleBytes + (HighBits == 2 ? Quad / 4 : 0) * kHighWordBytes);
    constexpr uint32_t place = high_bit_place(HighBits, Quad);
    if constexpr (place < 4) high = vshlq_n_u8(high, 4 - place);
    if constexpr (place > 4) high = vshrq_n_u8(high, place - 4);
    w = vorrq_u8(w, vandq_u8(high, vdupq_n_u8(HighBits == 1 ? 0x10 : 0x30)));
  }
  return vreinterpretq_s8_u8(w);
}

struct Sdot {
  template <uint32_t HighBits, uint32_t C, uint32_t Quad, uint32_t End>
  [[gnu::always_inline]] static inline void add_quads(const uint8_t* block, const uint8_t* tile, I8* sum) {
    if constexpr (Quad < End) {
      const Quad8 w = {quad_of<HighBits, Quad>(block), quad_of<HighBits, Quad>(block + 16)};
#pragma GCC unroll 4
      for (uint32_t c = 0; c < C; ++c) sum[c] = dot(sum[c], w, tile + c * kTileBlock + Quad * 4);
      add_quads<HighBits, C, Quad + 1, End>(block, tile, sum);
    }
  }
};

}  // namespace

void matmul_q4_0(const MatmulArgs& args) { for_halves<Q4<Sdot>>(args); }
void matmul_q4_k(const MatmulArgs& args) { for_halves<WithMinimum<Sdot, 0>>(args); }
void matmul_q5_k(const MatmulArgs& args) { for_halves<WithMinimum<Sdot, 1>>(args); }
void matmul_q6_k(const MatmulArgs& args) { for_halves<Q6K<Sdot>>(args); }

}  // namespace lemma::neon

#endif
