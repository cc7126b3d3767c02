// What the AVX2 multiplications of quantised types share: eight rows as floats and integers, reads of a tile,
// stores. Included by avx2_*.cpp only; all functions have internal linkage.
#pragma once

#include "kernels/avx2_math.h"
#include "kernels/v16_halves.h"

namespace lemma::avx2 {
namespace {

[[maybe_unused]] inline void put(float* out, __m256 value, bool accumulate) {
  _mm256_storeu_ps(out, accumulate ? _mm256_add_ps(_mm256_loadu_ps(out), value) : value);
}

[[maybe_unused]] inline __m256 broadcast_float(const uint8_t* at) { return _mm256_castsi256_ps(_mm256_set1_epi32(read4(at))); }

// Eight rows as floats and integers, by the names that v16_nibbles.h uses.
using V8 = __m256;
using I8 = __m256i;
[[maybe_unused]] inline V8 zero8() { return _mm256_setzero_ps(); }
[[maybe_unused]] inline I8 set8(int32_t x) { return _mm256_set1_epi32(x); }
[[maybe_unused]] inline V8 set8(float x) { return _mm256_set1_ps(x); }
[[maybe_unused]] inline V8 to_floats(I8 x) { return _mm256_cvtepi32_ps(x); }
[[maybe_unused]] inline V8 mul(V8 a, V8 b) { return _mm256_mul_ps(a, b); }
[[maybe_unused]] inline V8 fma(V8 a, V8 b, V8 c) { return _mm256_fmadd_ps(a, b, c); }
[[maybe_unused]] inline __m128i load_low(const uint8_t* at) { return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)); }
[[maybe_unused]] inline V8 unsigned_floats(const uint8_t* at) { return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(load_low(at))); }
[[maybe_unused]] inline V8 signed_floats(const uint8_t* at) { return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(load_low(at))); }
[[maybe_unused]] inline V8 halves(const uint8_t* at) {
  return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
}

// Scale of column c.
[[maybe_unused]] inline V8 tile_scale(const uint8_t* tile, uint32_t c) { return broadcast_float(tile + c * kTileBlock + kTileScale); }

}  // namespace
}  // namespace lemma::avx2
