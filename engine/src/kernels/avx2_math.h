// Building blocks of the AVX2 kernels (with FMA and F16C). Sixteen, the row count of a row block, is two registers here, so
// that every sum has the lanes of the other kernel sets. Included by avx2_*.cpp only; all functions have internal linkage.
#pragma once

#include <immintrin.h>

#include "kernels/exp_constants.h"
#include "kernels/kernels.h"

#define LEMMA_SET avx2  // the namespace of the v16_*.h files

namespace lemma::avx2 {

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

struct V16 {
  __m256 low, high;
};

[[maybe_unused]] inline V16 set1(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
[[maybe_unused]] inline V16 zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
[[maybe_unused]] inline V16 load(const float* at) { return {_mm256_loadu_ps(at), _mm256_loadu_ps(at + 8)}; }
[[maybe_unused]] inline void store(float* at, V16 v) {
  _mm256_storeu_ps(at, v.low);
  _mm256_storeu_ps(at + 8, v.high);
}
[[maybe_unused]] inline V16 load_half(const uint16_t* at) {
  const __m256i both = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  return {_mm256_cvtph_ps(_mm256_castsi256_si128(both)), _mm256_cvtph_ps(_mm256_extracti128_si256(both, 1))};
}
[[maybe_unused]] inline V16 load_int8(const int8_t* at) {
  const __m128i all = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  return {_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(all)), _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_srli_si128(all, 8)))};
}
[[maybe_unused]] inline V16 add(V16 a, V16 b) { return {_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)}; }
[[maybe_unused]] inline V16 sub(V16 a, V16 b) { return {_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)}; }
[[maybe_unused]] inline V16 mul(V16 a, V16 b) { return {_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)}; }
[[maybe_unused]] inline V16 div(V16 a, V16 b) { return {_mm256_div_ps(a.low, b.low), _mm256_div_ps(a.high, b.high)}; }
[[maybe_unused]] inline V16 max(V16 a, V16 b) { return {_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)}; }
[[maybe_unused]] inline V16 min(V16 a, V16 b) { return {_mm256_min_ps(a.low, b.low), _mm256_min_ps(a.high, b.high)}; }
[[maybe_unused]] inline V16 fma(V16 a, V16 b, V16 c) {
  return {_mm256_fmadd_ps(a.low, b.low, c.low), _mm256_fmadd_ps(a.high, b.high, c.high)};
}
[[maybe_unused]] inline V16 negate(V16 a) {
  const __m256 sign = _mm256_set1_ps(-0.0F);
  return {_mm256_xor_ps(a.low, sign), _mm256_xor_ps(a.high, sign)};
}

// Sixteen pairs of BF16, one a lane.
struct Pairs {
  __m256i low, high;
};

[[maybe_unused]] inline Pairs load_pairs(const uint8_t* at) {
  return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)), _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + 32))};
}
[[maybe_unused]] inline Pairs set1_pairs(int32_t pair) { return {_mm256_set1_epi32(pair), _mm256_set1_epi32(pair)}; }
[[maybe_unused]] inline V16 odd(Pairs x) {
  const __m256i mask = _mm256_set1_epi32(~0xFFFF);
  return {_mm256_castsi256_ps(_mm256_and_si256(x.low, mask)), _mm256_castsi256_ps(_mm256_and_si256(x.high, mask))};
}
[[maybe_unused]] inline V16 even(Pairs x) {
  return {_mm256_castsi256_ps(_mm256_slli_epi32(x.low, 16)), _mm256_castsi256_ps(_mm256_slli_epi32(x.high, 16))};
}

// From here to restore_mode, numbers below 2^-126 count as 0: MXCSR bits 15 (results) and 6 (operands).
[[maybe_unused]] inline uint32_t flush_tiny() {
  const uint32_t mode = _mm_getcsr();
  _mm_setcsr(mode | 0x8040U);
  return mode;
}
[[maybe_unused]] inline void restore_mode(uint32_t mode) { _mm_setcsr(mode); }

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
  const __m256i limit = _mm256_set1_epi32(static_cast<int32_t>(n));
  const __m256i low = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), high = _mm256_setr_epi32(8, 9, 10, 11, 12, 13, 14, 15);
  return {_mm256_and_ps(v.low, _mm256_castsi256_ps(_mm256_cmpgt_epi32(limit, low))),
          _mm256_and_ps(v.high, _mm256_castsi256_ps(_mm256_cmpgt_epi32(limit, high)))};
}

[[maybe_unused]] inline __m256 exp(__m256 x) {  // exp_constants.h
  x = _mm256_min_ps(_mm256_max_ps(x, _mm256_set1_ps(kExpLow)), _mm256_set1_ps(kExpHigh));
  const __m256 n = _mm256_round_ps(_mm256_mul_ps(x, _mm256_set1_ps(kLog2E)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  __m256 r = _mm256_fnmadd_ps(n, _mm256_set1_ps(kLn2High), x);
  r = _mm256_fnmadd_ps(n, _mm256_set1_ps(kLn2Low), r);
  __m256 p = _mm256_set1_ps(kExpPolynomial[0]);
  for (int i = 1; i < 6; ++i) p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(kExpPolynomial[i]));
  const __m256 y = _mm256_add_ps(_mm256_fmadd_ps(p, _mm256_mul_ps(r, r), r), _mm256_set1_ps(1.0F));
  return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(y), _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23)));
}
[[maybe_unused]] inline V16 exp(V16 x) { return {exp(x.low), exp(x.high)}; }

// Lanes i and i + 8, then i and i + 4, ...
[[maybe_unused]] inline float tree_sum(V16 lanes) {
  const __m256 eight = _mm256_add_ps(lanes.low, lanes.high);
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}
[[maybe_unused]] inline float square_root(float x) { return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x))); }
[[maybe_unused]] inline float largest_of(V16 lanes) {
  const __m256 eight = _mm256_max_ps(lanes.low, lanes.high);
  const __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

}  // namespace
}  // namespace lemma::avx2
