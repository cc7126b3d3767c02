// Quantisation and conversion with NEON, and this kernel set's table.

#if defined(__aarch64__)

#include "kernels/neon_math.h"
#include "kernels/v16_vector.h"

namespace lemma {
namespace neon {
namespace {

void quantise(const float* x, uint32_t blocks, uint8_t* tile, uint32_t columns, uint32_t column) {
  const float32x4_t low = vdupq_n_f32(-127.0F), high = vdupq_n_f32(127.0F);
  tile += size_t{column} * kTileBlock;
  for (uint32_t b = 0; b < blocks; ++b, x += kBlock, tile += size_t{columns} * kTileBlock) {
    float32x4_t part[8], most = vdupq_n_f32(0.0F);
    for (uint32_t i = 0; i < 8; ++i) {
      part[i] = vld1q_f32(x + i * 4);
      most = larger(vabsq_f32(part[i]), most);
    }
    const float largest = vmaxvq_f32(most);
    const float32x4_t inverse = vdupq_n_f32(largest > 0 ? 127.0F / largest : 0.0F);
    const float scale = largest / 127.0F;
    int32_t sum[2] = {};
    for (uint32_t i = 0; i < 8; ++i) {
      const int32x4_t q = vcvtnq_s32_f32(smaller(larger(vmulq_f32(part[i], inverse), low), high));
      sum[i / 4] += vaddvq_s32(q);
      const int16x4_t words = vmovn_s32(q);
      const int8x8_t bytes = vmovn_s16(vcombine_s16(words, words));
      vst1_lane_s32(reinterpret_cast<int32_t*>(tile + i * 4), vreinterpret_s32_s8(bytes), 0);
    }
    const int32_t first_half = -128 * sum[0], correction = first_half - 128 * sum[1];
    __builtin_memcpy(tile + kTileScale, &scale, 4);
    __builtin_memcpy(tile + kTileCorrection, &correction, 4);
    __builtin_memcpy(tile + kTileFirstHalf, &first_half, 4);
  }
}

void to_half(const float* x, uint16_t* y, uint32_t n) {
  const V16 low = set1(-65504.0F), high = set1(65504.0F);
  for (uint32_t i = 0; i < n; i += kRows) {
    const V16 v = min(max(load_first(x + i, n - i, 0.0F), low), high);
    uint16_t lanes[kRows];
    for (uint32_t part = 0; part < kParts; ++part) vst1_u16(lanes + part * 4, vreinterpret_u16_f16(vcvt_f16_f32(v.part[part])));
    __builtin_memcpy(y + i, lanes, (n - i < kRows ? n - i : kRows) * 2);
  }
}

}  // namespace
}  // namespace neon

const KernelTable kNeonKernels = {
    .name = "neon",
    .matmul_f32 = neon::matmul_f32,
    .matmul_f16 = neon::matmul_f16,
    .matmul_bf16 = neon::matmul_bf16,
    .matmul_q8_0 = neon::matmul_q8_0,
    .matmul_q4_0 = neon::matmul_q4_0,
    .matmul_q4_k = neon::matmul_q4_k,
    .matmul_q5_k = neon::matmul_q5_k,
    .matmul_q6_k = neon::matmul_q6_k,
    .attention = neon::attention,
    .attention_f32 = neon::attention_f32,
    .attention_q8 = neon::attention_q8,
    .quantise = neon::quantise,
    .rms_norm = neon::rms_norm,
    .swiglu = neon::swiglu,
    .sigmoid = neon::sigmoid,
    .add = neon::add,
    .rope = neon::rope,
    .to_half = neon::to_half,
    .softmax = neon::softmax,
};

}  // namespace lemma

#endif
