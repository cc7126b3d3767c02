// Unpacking of quantised blocks, element by element.

#include "weight_blocks.h"

#include <cstring>

#include "half.h"

namespace lemma {
namespace {

std::uint16_t read_u16(const std::uint8_t* at) {
  std::uint16_t value;
  std::memcpy(&value, at, 2);
  return value;
}

// Twelve bytes s: scale j and minimum j for j < 4 are the low 6 bits of s[j] and s[j + 4]. For j >= 4 their low 4 bits are the
// nibbles of s[j + 4], their high 2 bits the top of s[j - 4] and s[j].
void read_six_bits(const std::uint8_t* s, SuperBlock& out) {
  for (std::uint32_t j = 0; j < 4; ++j) {
    out.first[j] = s[j] & 63;
    out.second[j] = s[j + 4] & 63;
    out.first[j + 4] = static_cast<std::uint8_t>((s[j + 8] & 15) | (s[j] >> 6 << 4));
    out.second[j + 4] = static_cast<std::uint8_t>((s[j + 8] >> 4) | (s[j + 4] >> 6 << 4));
  }
}

void read_q4_k(const std::uint8_t* at, bool has_fifth_bits, SuperBlock& out) {
  out.scale = read_u16(at);
  out.minimum = read_u16(at + 2);
  read_six_bits(at + 4, out);
  const std::uint8_t* fifth = at + 16;
  const std::uint8_t* nibbles = has_fifth_bits ? fifth + 32 : fifth;
  for (std::uint32_t b = 0; b < 8; ++b)
    for (std::uint32_t i = 0; i < 32; ++i) {
      const std::uint32_t low = nibbles[b / 2 * 32 + i] >> b % 2 * 4 & 15U;
      const std::uint32_t high = has_fifth_bits ? fifth[i] >> b & 1U : 0U;
      out.quants[b * 32 + i] = static_cast<std::uint8_t>(low | high << 4);
    }
}

void read_q6_k(const std::uint8_t* at, SuperBlock& out) {
  const std::uint8_t *nibbles = at, *high = at + 128, *scales = at + 192;
  out.scale = read_u16(at + 208);
  for (std::uint32_t b = 0; b < 8; ++b) {
    out.first[b] = scales[b * 2];
    out.second[b] = scales[b * 2 + 1];
    const std::uint32_t half = b / 4, part = b % 4;
    for (std::uint32_t i = 0; i < 32; ++i) {
      const std::uint32_t low = nibbles[half * 64 + part % 2 * 32 + i] >> part / 2 * 4 & 15U;
      out.quants[b * 32 + i] = static_cast<std::uint8_t>(low | (high[half * 32 + i] >> part * 2 & 3U) << 4);
    }
  }
}

}  // namespace

SuperBlock read_super_block(TensorType type, const std::uint8_t* block) {
  SuperBlock out;
  if (type == TensorType::q6_k)
    read_q6_k(block, out);
  else
    read_q4_k(block, type == TensorType::q5_k, out);
  return out;
}

void super_block_values(TensorType type, const SuperBlock& block, float* out) {
  const float scale = half_to_float(block.scale), minimum = half_to_float(block.minimum);
  for (std::uint32_t i = 0; i < kSuperBlock; ++i) {
    const std::uint32_t b = i / 32;
    if (type == TensorType::q6_k) {
      const auto factor = static_cast<std::int8_t>(i % 32 < 16 ? block.first[b] : block.second[b]);
      out[i] = scale * static_cast<float>(factor) * static_cast<float>(block.quants[i] - 32);
    } else {
      out[i] = scale * static_cast<float>(block.first[b]) * static_cast<float>(block.quants[i]) -
               minimum * static_cast<float>(block.second[b]);
    }
  }
}

void weight_values(TensorType type, const std::uint8_t* bytes, std::uint64_t n, float* out) {
  const TensorTypeInfo& info = tensor_type_info(type);
  for (std::uint64_t i = 0; i < n; i += info.block_elements, bytes += info.block_bytes, out += info.block_elements) {
    switch (type) {
      case TensorType::f32: std::memcpy(out, bytes, 4); break;
      case TensorType::f16: *out = half_to_float(read_u16(bytes)); break;
      case TensorType::bf16: *out = bfloat_to_float(read_u16(bytes)); break;
      case TensorType::q8_0:
        for (std::uint32_t j = 0; j < 32; ++j)
          out[j] = half_to_float(read_u16(bytes)) * static_cast<float>(static_cast<std::int8_t>(bytes[2 + j]));
        break;
      case TensorType::q4_0:
        for (std::uint32_t j = 0; j < 32; ++j)
          out[j] = half_to_float(read_u16(bytes)) * static_cast<float>((bytes[2 + j % 16] >> j / 16 * 4 & 15) - 8);
        break;
      case TensorType::q4_k:
      case TensorType::q5_k:
      case TensorType::q6_k: super_block_values(type, read_super_block(type, bytes), out); break;
    }
  }
}

}  // namespace lemma
