// The packed layout of Q4_0, Q4_K, Q5_K and Q6_K, and the order of their sums; continues kernels.h. The weights keep the bits and the
// scales of their type (4.5 to 6.63 bits each) and become bytes in registers: reading less memory is the point of these types.
//
// A 32-block of 16 rows is 256 bytes of nibbles and `high_bits` words of 64 bytes (Q4: 0, Q5: 1, Q6: 2):
//   nibbles: 4 groups of [16 rows][4 bytes]; group g holds quad g in its low and quad g + 4 in its high nibbles.
//   words:   [16 rows] u32. Q5: bit 8 i + q is bit 4 of element i of quad q. Q6: bits 8 i + 2 (q % 4) and the next are bits 4
//            and 5 of element i of quad q; quads 0-3 in the first word, 4-7 in the second.
// Row block of Q4_0: 16 f16 scales for each 32-block, padding to 64 bytes, then the 32-blocks; nibbles are the value + 8.
// Row block of Q4_K, Q5_K, Q6_K: for each 256-block a head of 320 bytes, then its eight 32-blocks. Head: [16 rows] f16 d, [16 rows] f16
//   dmin (0 for Q6_K), and for each 32-block [16 rows] bytes `first`, [16 rows] bytes `second` (weight_blocks.h).
//
// Dot products of row r and token c, for each 32-block in order; integer sums are exact, x are the int8 of the tile:
//   Q4_0: acc = fma(float(sum of (q - 8) x), d * scale_x, acc)
//   Q4_K, Q5_K: acc = fma(float(sum of q x), d * first * scale_x, acc), then
//               acc = fma(dmin / 128 * second, float(correction) * scale_x, acc), correction being -128 * sum of x
//   Q6_K: acc = fma(float(first * s0 + second * s1), d * scale_x, acc), s the sum of (q - 32) x over 16 elements; at most
//         2 * 128 * 16 * 32 * 127 < 2^24, so exact as a float too
#pragma once

#include "kernels/kernels.h"

namespace lemma {

inline constexpr uint32_t kNibbleBytes = 256;      // of a 32-block of 16 rows
inline constexpr uint32_t kHighWordBytes = 64;
inline constexpr uint32_t kSuperHeadBytes = 320;
inline constexpr uint32_t kSuperBlocks = 8;        // 32-blocks of a 256-block

/// Bytes of a 32-block of 16 rows, and of a 256-block with its head.
constexpr uint32_t nibble_block_bytes(uint32_t high_bits) { return kNibbleBytes + high_bits * kHighWordBytes; }
constexpr uint32_t packed_super_bytes(uint32_t high_bits) {
  return kSuperHeadBytes + kSuperBlocks * nibble_block_bytes(high_bits);
}

/// Where the high bits of a quad's first element begin in their word.
constexpr uint32_t high_bit_place(uint32_t high_bits, uint32_t quad) { return high_bits == 2 ? quad % 4 * 2 : quad; }

/// Element `i` of row `r` of a 32-block, without its high bits' meaning undone: 0 to 15, 31 or 63.
inline uint32_t packed_quant(const uint8_t* block, uint32_t high_bits, uint32_t r, uint32_t i) {
  const uint32_t quad = i / 4;
  const uint32_t low = block[(quad % 4 * kRows + r) * 4 + i % 4] >> quad / 4 * 4 & 15U;
  if (high_bits == 0) return low;
  const uint8_t* word = block + kNibbleBytes + (high_bits == 2 ? quad / 4 : 0) * kHighWordBytes + r * 4;
  const uint32_t high = word[i % 4] >> high_bit_place(high_bits, quad) & ((1U << high_bits) - 1U);
  return low | high << 4;
}

}  // namespace lemma
