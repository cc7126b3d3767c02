// Matrix multiplication of Q8_0 and of floats with NEON.

#if defined(__aarch64__)

#include "kernels/neon_tile.h"
#include "kernels/v16_plain.h"

namespace lemma::neon {
namespace {

// sdot wants signed bytes, so the weights' flipped top bit is flipped back, and there is no bias to correct.
struct Q8 {
  template <uint32_t C>
  static void half(const uint8_t* weights, uint32_t half, uint32_t k, const uint8_t* tile, uint32_t count, float* out, size_t stride,
                   bool accumulate) {
    const uint8_t* scales = weights + half * 16;
    const uint8_t* quants = weights + q8_scale_bytes(k) + half * 32;
    const uint8x16_t flip = vdupq_n_u8(0x80);
    V8 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = zero8();
    for (uint32_t b = 0; b < k / kBlock; ++b, tile += count * kTileBlock, quants += kBlock * kRows, scales += kRows * 2) {
      I8 sum[C];
      for (uint32_t c = 0; c < C; ++c) sum[c] = set8(0);
#pragma GCC unroll 8
      for (uint32_t quad = 0; quad < 8; ++quad) {
        const uint8_t* at = quants + quad * 64;
        const Quad8 w = {vreinterpretq_s8_u8(veorq_u8(vld1q_u8(at), flip)), vreinterpretq_s8_u8(veorq_u8(vld1q_u8(at + 16), flip))};
#pragma GCC unroll 4
        for (uint32_t c = 0; c < C; ++c) sum[c] = dot(sum[c], w, tile + c * kTileBlock + quad * 4);
      }
      const V8 scale = halves(scales);
      for (uint32_t c = 0; c < C; ++c) acc[c] = fma(to_floats(sum[c]), mul(scale, tile_scale(tile, c)), acc[c]);
    }
    for (uint32_t c = 0; c < C; ++c) put(out + c * stride, acc[c], accumulate);
  }
};

}  // namespace

void matmul_q8_0(const MatmulArgs& args) { for_halves<Q8>(args); }
void matmul_f32(const MatmulArgs& args) { plain<LoadF32>(args); }
void matmul_f16(const MatmulArgs& args) { plain<LoadF16>(args); }
void matmul_bf16(const MatmulArgs& args) { pairs(args); }

}  // namespace lemma::neon

#endif
