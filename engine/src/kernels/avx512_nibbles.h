// Q4_0, Q4_K, Q5_K and Q6_K in registers (packed_nibbles.h): quads of 16 rows as unsigned bytes, scales as floats. Included by
// avx512_*.cpp and amx_*.cpp only; all functions have internal linkage.
#pragma once

#include "kernels/avx512_tile.h"
#include "kernels/packed_nibbles.h"

namespace lemma::avx512 {
namespace {

// Quad `Quad` of 16 rows.
template <uint32_t HighBits, uint32_t Quad>
inline __m512i quad_of(const uint8_t* block) {
  __m512i w = _mm512_loadu_si512(block + Quad % 4 * 64);
  if constexpr (Quad >= 4) w = _mm512_srli_epi16(w, 4);
  w = _mm512_and_si512(w, _mm512_set1_epi8(15));
  if constexpr (HighBits > 0) {
    __m512i high = _mm512_loadu_si512(block + kNibbleBytes + (HighBits == 2 ? Quad / 4 : 0) * kHighWordBytes);
    constexpr uint32_t place = high_bit_place(HighBits, Quad);
    if constexpr (place < 4) high = _mm512_slli_epi32(high, 4 - place);
    if constexpr (place > 4) high = _mm512_srli_epi32(high, place - 4);
    w = _mm512_ternarylogic_epi32(w, high, _mm512_set1_epi8(HighBits == 1 ? 0x10 : 0x30), 0xF8);  // w | (high & mask)
  }
  return w;
}

[[maybe_unused]] inline __m512 unsigned_floats(const uint8_t* at) {
  return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))));
}
[[maybe_unused]] inline __m512 signed_floats(const uint8_t* at) {
  return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))));
}
[[maybe_unused]] inline __m512 halves(const uint8_t* at) { return load_half(reinterpret_cast<const uint16_t*>(at)); }

}  // namespace
}  // namespace lemma::avx512
