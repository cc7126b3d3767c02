// Quads of Q4_0, Q4_K, Q5_K and Q6_K as unsigned bytes in registers, eight rows at a time (packed_nibbles.h). Included by avx2_*.cpp
// and avxvnni_*.cpp only; all functions have internal linkage.
#pragma once

#include "kernels/avx2_tile.h"
#include "kernels/v16_nibbles.h"

namespace lemma::avx2 {
namespace {

[[maybe_unused]] inline __m256i load32(const uint8_t* at) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)); }

// Quad `Quad` of eight rows; `block` points at the half's part.
template <uint32_t HighBits, uint32_t Quad>
inline __m256i quad_of(const uint8_t* block) {
  __m256i w = load32(block + Quad % 4 * 64);
  if constexpr (Quad >= 4) w = _mm256_srli_epi16(w, 4);
  w = _mm256_and_si256(w, _mm256_set1_epi8(15));
  if constexpr (HighBits > 0) {
    __m256i high = load32(block + kNibbleBytes + (HighBits == 2 ? Quad / 4 : 0) * kHighWordBytes);
    constexpr uint32_t place = high_bit_place(HighBits, Quad);
    if constexpr (place < 4) high = _mm256_slli_epi32(high, 4 - static_cast<int>(place));
    if constexpr (place > 4) high = _mm256_srli_epi32(high, static_cast<int>(place) - 4);
    w = _mm256_or_si256(w, _mm256_and_si256(high, _mm256_set1_epi8(HighBits == 1 ? 0x10 : 0x30)));
  }
  return w;
}

}  // namespace
}  // namespace lemma::avx2
