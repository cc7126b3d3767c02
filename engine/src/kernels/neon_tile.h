// What the NEON multiplications of quantised types share: eight rows as floats and integers, the dot product, reads of a tile, stores.
// Included by neon_*.cpp only; all functions have internal linkage.
#pragma once

#include "kernels/neon_math.h"
#include "kernels/v16_halves.h"

namespace lemma::neon {
namespace {

// Eight rows by the names that v16_nibbles.h uses.
struct V8 {
  float32x4_t low, high;
};
struct I8 {
  int32x4_t low, high;
};
// Four bytes of k for each of eight rows.
struct Quad8 {
  int8x16_t low, high;
};

[[maybe_unused]] inline V8 set8(float x) { return {vdupq_n_f32(x), vdupq_n_f32(x)}; }
[[maybe_unused]] inline V8 zero8() { return set8(0.0F); }
[[maybe_unused]] inline I8 set8(int32_t x) { return {vdupq_n_s32(x), vdupq_n_s32(x)}; }
[[maybe_unused]] inline V8 to_floats(I8 x) { return {vcvtq_f32_s32(x.low), vcvtq_f32_s32(x.high)}; }
[[maybe_unused]] inline V8 mul(V8 a, V8 b) { return {vmulq_f32(a.low, b.low), vmulq_f32(a.high, b.high)}; }
[[maybe_unused]] inline V8 fma(V8 a, V8 b, V8 c) { return {vfmaq_f32(c.low, a.low, b.low), vfmaq_f32(c.high, a.high, b.high)}; }
[[maybe_unused]] inline V8 unsigned_floats(const uint8_t* at) {
  const uint16x8_t wide = vmovl_u8(vld1_u8(at));
  return {vcvtq_f32_u32(vmovl_u16(vget_low_u16(wide))), vcvtq_f32_u32(vmovl_u16(vget_high_u16(wide)))};
}
[[maybe_unused]] inline V8 signed_floats(const uint8_t* at) {
  const int16x8_t wide = vmovl_s8(vreinterpret_s8_u8(vld1_u8(at)));
  return {vcvtq_f32_s32(vmovl_s16(vget_low_s16(wide))), vcvtq_f32_s32(vmovl_s16(vget_high_s16(wide)))};
}
[[maybe_unused]] inline V8 halves(const uint8_t* at) {
  const uint16x8_t both = vreinterpretq_u16_u8(vld1q_u8(at));
  return {vcvt_f32_f16(vreinterpret_f16_u16(vget_low_u16(both))), vcvt_f32_f16(vreinterpret_f16_u16(vget_high_u16(both)))};
}
[[maybe_unused]] inline void put(float* out, V8 value, bool accumulate) {
  if (accumulate) value = {vaddq_f32(vld1q_f32(out), value.low), vaddq_f32(vld1q_f32(out + 4), value.high)};
  vst1q_f32(out, value.low);
  vst1q_f32(out + 4, value.high);
}

// Scale of column c.
[[maybe_unused]] inline V8 tile_scale(const uint8_t* tile, uint32_t c) {
  float scale;
  __builtin_memcpy(&scale, tile + c * kTileBlock + kTileScale, 4);
  return set8(scale);
}

// sum + w times four bytes of a token.
[[maybe_unused]] inline I8 dot(I8 sum, Quad8 w, const uint8_t* x) {
  const int8x16_t four = vreinterpretq_s8_s32(vdupq_n_s32(read4(x)));
  return {vdotq_s32(sum.low, w.low, four), vdotq_s32(sum.high, w.high, four)};
}

}  // namespace
}  // namespace lemma::neon
