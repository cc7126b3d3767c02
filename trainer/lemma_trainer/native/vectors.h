// Sixteen floats at a time through GCC/Clang vector extensions: loads and stores of float and bfloat16, exp, sums.
// Must not know: models. The compiler lowers these to AVX-512, AVX2 or NEON as the machine has it.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX512BF16__) && defined(__AVX512F__)
#include <immintrin.h>
#endif

using f32x16 = float __attribute__((vector_size(64)));
using i32x16 = int32_t __attribute__((vector_size(64)));
using u32x16 = uint32_t __attribute__((vector_size(64)));
using u16x16 = uint16_t __attribute__((vector_size(32)));

struct bf16 {
  uint16_t bits;
};

inline f32x16 splat(float x) { return f32x16{} + x; }

inline f32x16 load(const float* from) {
  f32x16 x;
  std::memcpy(&x, from, sizeof x);
  return x;
}

inline f32x16 load(const bf16* from) {
  u16x16 half;
  std::memcpy(&half, from, sizeof half);
  return reinterpret_cast<f32x16>(__builtin_convertvector(half, u32x16) << 16);
}

inline void store(float* to, f32x16 x) { std::memcpy(to, &x, sizeof x); }

// Rounds to nearest even, as PyTorch does (NaN does not occur here: losses are finite or the run stops).
inline void store(bf16* to, f32x16 x) {
#if defined(__AVX512BF16__) && defined(__AVX512F__)
  const __m256bh half = _mm512_cvtneps_pbh(reinterpret_cast<__m512>(x));
  std::memcpy(to, &half, sizeof half);
#else
  const u32x16 bits = reinterpret_cast<u32x16>(x);
  const u16x16 half = __builtin_convertvector((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16, u16x16);
  std::memcpy(to, &half, sizeof half);
#endif
}

// One value at a time.
inline float narrow_load(const float* from) { return *from; }
inline float narrow_load(const bf16* from) {
  const uint32_t bits = uint32_t(from->bits) << 16;
  float x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}
inline void narrow_store(float* to, float x) { *to = x; }
inline void narrow_store(bf16* to, float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  to->bits = uint16_t((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

inline float sum(f32x16 x) {
  float lanes[16], total = 0;
  store(lanes, x);
  for (int i = 0; i < 8; i++) lanes[i] += lanes[i + 8];
  for (int i = 0; i < 4; i++) lanes[i] += lanes[i + 4];
  for (int i = 0; i < 4; i++) total += lanes[i];
  return total;
}

inline f32x16 max(f32x16 a, f32x16 b) { return a > b ? a : b; }

inline float max(f32x16 x) {
  float lanes[16];
  store(lanes, x);
  float top = lanes[0];
  for (int i = 1; i < 16; i++) top = lanes[i] > top ? lanes[i] : top;
  return top;
}

// e^x for x <= 88, relative error below 3e-7 (degree-6 Taylor on [-ln2/2, ln2/2]); 0 below -87.
inline f32x16 exp(f32x16 x) {
  const f32x16 low = splat(-87.0f);
  const i32x16 underflows = x < low;
  x = underflows ? low : x;
  const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer in the low mantissa bits
  const f32x16 shifted = x * 1.44269504f + magic;
  const f32x16 n = shifted - magic;
  f32x16 r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  f32x16 p = splat(1.0f / 720);
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const i32x16 scale = (__builtin_convertvector(n, i32x16) + 127) << 23;
  p = p * reinterpret_cast<f32x16>(scale);
  return underflows ? splat(0.0f) : p;
}
