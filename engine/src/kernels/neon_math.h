// Building blocks of the NEON kernels (ARMv8.2 with the dot product). Sixteen, the row count of a row block, is four registers here,
// so that every sum has the lanes of the other kernel sets. Included by neon_*.cpp only; all functions have internal linkage.
#pragma once

#include <arm_neon.h>

#include "kernels/exp_constants.h"
#include "kernels/kernels.h"

#define LEMMA_SET neon  // the namespace of the v16_*.h files

namespace lemma::neon {

void matmul_f32(const MatmulArgs& args);
void matmul_f16(const MatmulArgs& args);
void matmul_bf16(const MatmulArgs& args);
void matmul_q8_0(const MatmulArgs& args);
void matmul_q4_0(const MatmulArgs& args);
void matmul_q4_k(const MatmulArgs& args);
void matmul_q5_k(const MatmulArgs& args);
void matmul_q6_k(const MatmulArgs& args);
void attention(const AttentionArgs& args);
void attention_f32(const AttentionArgs& args);
void attention_q8(const AttentionArgs& args);

namespace {

constexpr uint32_t kParts = 4;  // registers of sixteen floats

struct V16 {
  float32x4_t part[kParts];
};

// out.part[i] = one(i) for each register.
template <typename One>
[[gnu::always_inline]] inline V16 each(One one) {
  return {{one(0), one(1), one(2), one(3)}};
}

[[maybe_unused]] inline V16 set1(float x) { return each([&](uint32_t) { return vdupq_n_f32(x); }); }
[[maybe_unused]] inline V16 zero() { return set1(0.0F); }
[[maybe_unused]] inline V16 load(const float* at) { return each([&](uint32_t i) { return vld1q_f32(at + i * 4); }); }
[[maybe_unused]] inline void store(float* at, V16 v) {
  for (uint32_t i = 0; i < kParts; ++i) vst1q_f32(at + i * 4, v.part[i]);
}
[[maybe_unused]] inline V16 load_half(const uint16_t* at) {
  return each([&](uint32_t i) { return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(at + i * 4))); });
}
[[maybe_unused]] inline V16 load_int8(const int8_t* at) {
  const int8x16_t all = vld1q_s8(at);
  const int16x8_t low = vmovl_s8(vget_low_s8(all)), high = vmovl_s8(vget_high_s8(all));
  return {{vcvtq_f32_s32(vmovl_s16(vget_low_s16(low))), vcvtq_f32_s32(vmovl_s16(vget_high_s16(low))),
           vcvtq_f32_s32(vmovl_s16(vget_low_s16(high))), vcvtq_f32_s32(vmovl_s16(vget_high_s16(high)))}};
}

// The first where it is larger (or smaller), else the second: so also where the first is no number.
[[maybe_unused]] inline float32x4_t larger(float32x4_t a, float32x4_t b) { return vbslq_f32(vcgtq_f32(a, b), a, b); }
[[maybe_unused]] inline float32x4_t smaller(float32x4_t a, float32x4_t b) { return vbslq_f32(vcltq_f32(a, b), a, b); }

[[maybe_unused]] inline V16 add(V16 a, V16 b) { return each([&](uint32_t i) { return vaddq_f32(a.part[i], b.part[i]); }); }
[[maybe_unused]] inline V16 sub(V16 a, V16 b) { return each([&](uint32_t i) { return vsubq_f32(a.part[i], b.part[i]); }); }
[[maybe_unused]] inline V16 mul(V16 a, V16 b) { return each([&](uint32_t i) { return vmulq_f32(a.part[i], b.part[i]); }); }
[[maybe_unused]] inline V16 div(V16 a, V16 b) { return each([&](uint32_t i) { return vdivq_f32(a.part[i], b.part[i]); }); }
[[maybe_unused]] inline V16 max(V16 a, V16 b) { return each([&](uint32_t i) { return larger(a.part[i], b.part[i]); }); }
[[maybe_unused]] inline V16 min(V16 a, V16 b) { return each([&](uint32_t i) { return smaller(a.part[i], b.part[i]); }); }
[[maybe_unused]] inline V16 negate(V16 a) { return each([&](uint32_t i) { return vnegq_f32(a.part[i]); }); }
[[maybe_unused]] inline V16 fma(V16 a, V16 b, V16 c) {
  return each([&](uint32_t i) { return vfmaq_f32(c.part[i], a.part[i], b.part[i]); });
}

// Sixteen pairs of BF16, one a lane.
struct Pairs {
  uint32x4_t part[kParts];
};

[[maybe_unused]] inline Pairs load_pairs(const uint8_t* at) {
  const auto* words = reinterpret_cast<const uint32_t*>(at);
  return {{vld1q_u32(words), vld1q_u32(words + 4), vld1q_u32(words + 8), vld1q_u32(words + 12)}};
}
[[maybe_unused]] inline Pairs set1_pairs(int32_t pair) {
  const uint32x4_t four = vdupq_n_u32(static_cast<uint32_t>(pair));
  return {{four, four, four, four}};
}
[[maybe_unused]] inline V16 odd(Pairs x) {
  return each([&](uint32_t i) { return vreinterpretq_f32_u32(vandq_u32(x.part[i], vdupq_n_u32(0xFFFF0000U))); });
}
[[maybe_unused]] inline V16 even(Pairs x) {
  return each([&](uint32_t i) { return vreinterpretq_f32_u32(vshlq_n_u32(x.part[i], 16)); });
}

// From here to restore_mode, numbers below 2^-126 count as 0: FPCR bit 24. The clobbers keep memory accesses between the two.
[[maybe_unused]] inline uint64_t flush_tiny() {
  uint64_t mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  asm volatile("msr fpcr, %0" : : "r"(mode | 1U << 24) : "memory");
  return mode;
}
[[maybe_unused]] inline void restore_mode(uint64_t mode) { asm volatile("msr fpcr, %0" : : "r"(mode) : "memory"); }

// The first n of 16 lanes hold x, the others `fill`.
[[maybe_unused]] inline V16 load_first(const float* at, uint32_t n, float fill) {
  if (n >= kRows) return load(at);
  float lanes[kRows];
  for (uint32_t i = 0; i < kRows; ++i) lanes[i] = i < n ? at[i] : fill;
  return load(lanes);
}
[[maybe_unused]] inline void store_first(float* at, uint32_t n, V16 v) {
  if (n >= kRows) return store(at, v);
  float lanes[kRows];
  store(lanes, v);
  for (uint32_t i = 0; i < n; ++i) at[i] = lanes[i];
}
// Lanes from n on become zero.
[[maybe_unused]] inline V16 keep_first(V16 v, uint32_t n) {
  const uint32_t ranks[4] = {0, 1, 2, 3};
  return each([&](uint32_t i) {
    const uint32x4_t kept = vcltq_u32(vaddq_u32(vld1q_u32(ranks), vdupq_n_u32(i * 4)), vdupq_n_u32(n));
    return vreinterpretq_f32_u32(vandq_u32(vreinterpretq_u32_f32(v.part[i]), kept));
  });
}

[[maybe_unused]] inline float32x4_t exp(float32x4_t x) {  // exp_constants.h
  x = smaller(larger(x, vdupq_n_f32(kExpLow)), vdupq_n_f32(kExpHigh));
  const float32x4_t n = vrndnq_f32(vmulq_f32(x, vdupq_n_f32(kLog2E)));
  float32x4_t r = vfmsq_f32(x, n, vdupq_n_f32(kLn2High));
  r = vfmsq_f32(r, n, vdupq_n_f32(kLn2Low));
  float32x4_t p = vdupq_n_f32(kExpPolynomial[0]);
  for (int i = 1; i < 6; ++i) p = vfmaq_f32(vdupq_n_f32(kExpPolynomial[i]), p, r);
  const float32x4_t y = vaddq_f32(vfmaq_f32(r, p, vmulq_f32(r, r)), vdupq_n_f32(1.0F));
  return vreinterpretq_f32_s32(vaddq_s32(vreinterpretq_s32_f32(y), vshlq_n_s32(vcvtnq_s32_f32(n), 23)));
}
[[maybe_unused]] inline V16 exp(V16 x) { return each([&](uint32_t i) { return exp(x.part[i]); }); }

// Lanes i and i + 8, then i and i + 4, ...
[[maybe_unused]] inline float tree_sum(V16 lanes) {
  const float32x4_t four = vaddq_f32(vaddq_f32(lanes.part[0], lanes.part[2]), vaddq_f32(lanes.part[1], lanes.part[3]));
  const float32x2_t two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
  return vget_lane_f32(two, 0) + vget_lane_f32(two, 1);
}
[[maybe_unused]] inline float largest_of(V16 lanes) {
  return vmaxvq_f32(larger(larger(lanes.part[0], lanes.part[2]), larger(lanes.part[1], lanes.part[3])));
}
[[maybe_unused]] inline float square_root(float x) { return vgetq_lane_f32(vsqrtq_f32(vdupq_n_f32(x)), 0); }

}  // namespace
}  // namespace lemma::neon
