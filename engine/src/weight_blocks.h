// What the bytes of GGUF's quantised rows mean. Packing copies these integers and scales; the values are the reference that
// kernels and tests are held to. Layouts: ggml-common.h; numbers are little-endian and blocks are not aligned.
//   Q4_0, 18 bytes per 32: f16 d; 16 bytes, low nibble element i, high nibble element i + 16. x = d * (q - 8)
//   Q8_0, 34 bytes per 32: f16 d; 32 int8. x = d * q
//   Q4_K, 144 bytes per 256: f16 d, f16 dmin; 12 bytes with 8 scales and 8 minima of 6 bits; 128 bytes of nibbles, each 32 of
//         them two 32-blocks, low nibbles first. x = d * scale * q - dmin * minimum, a scale and a minimum for each 32
//   Q5_K, 176 bytes per 256: as Q4_K, but 32 bytes of fifth bits stand before the nibbles: bit b of byte i is element i of 32-block b
//   Q6_K, 210 bytes per 256: 128 bytes of low nibbles, 64 bytes of 2 high bits, 16 int8 scales (one for each 16), f16 d.
//         x = d * scale * (q - 32). Of each half: nibbles of 32-blocks 0 and 2 share bytes, so do 1 and 3; a byte of high bits
//         serves the same element of all four
#pragma once

#include <cstdint>

#include "tensor_type.h"

namespace lemma {

inline constexpr std::uint32_t kSuperBlock = 256;

/// 256 weights of Q4_K, Q5_K or Q6_K as integers, in the order of their elements.
struct SuperBlock {
  std::uint16_t scale = 0, minimum = 0;  // f16 d and dmin; Q6_K has no minimum: 0
  std::uint8_t first[8] = {};            // for each 32-block: the 6-bit scale; Q6_K: int8 scale of its elements 0-15
  std::uint8_t second[8] = {};           // the 6-bit minimum; Q6_K: int8 scale of its elements 16-31
  std::uint8_t quants[kSuperBlock] = {}; // below 16, 32, 64; Q6_K: the value + 32
};

/// Takes a block of Q4_K, Q5_K or Q6_K apart.
SuperBlock read_super_block(TensorType type, const std::uint8_t* block);
/// Its 256 values.
void super_block_values(TensorType type, const SuperBlock& block, float* out);
/// `n` elements of any type as floats, `n` a multiple of its block.
void weight_values(TensorType type, const std::uint8_t* bytes, std::uint64_t n, float* out);

}  // namespace lemma
