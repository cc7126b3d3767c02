// Packing by type: floats element by element, Q8_0 and Q4_0 in quads, K types by way of their integers.

#include "row_packing.h"

#include <cstring>

#include "half.h"
#include "kernels/kernels.h"
#include "kernels/packed_nibbles.h"
#include "weight_blocks.h"

namespace lemma {
namespace {

constexpr std::uint8_t kSignFlip = 0x80;

std::uint32_t high_bits(TensorType type) { return type == TensorType::q6_k ? 2 : type == TensorType::q5_k ? 1 : 0; }

float scale_at(const std::uint8_t* at) {
  std::uint16_t half;
  std::memcpy(&half, at, 2);
  return half_to_float(half);
}

void pack_plain(const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint32_t bytes, std::uint8_t* block) {
  for (std::uint32_t i = 0; i < k; ++i)
    std::memcpy(block + (std::size_t{i} * kRows + lane) * bytes, source + std::size_t{i} * bytes, bytes);
}

void unpack_plain(TensorType type, const std::uint8_t* block, std::uint32_t k, std::uint32_t lane, float* out) {
  const std::uint32_t bytes = tensor_type_info(type).block_bytes;
  for (std::uint32_t i = 0; i < k; ++i) weight_values(type, block + (std::size_t{i} * kRows + lane) * bytes, 1, out + i);
}

// Pairs of elements; a last odd one gets a zero beside it.
void pack_bf16(const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint8_t* block) {
  for (std::uint32_t i = 0; i < k; i += 2, block += kRows * 4) {
    std::memset(block + lane * 4, 0, 4);
    std::memcpy(block + lane * 4, source + std::size_t{i} * 2, k - i < 2 ? 2 : 4);
  }
}

void unpack_bf16(const std::uint8_t* block, std::uint32_t k, std::uint32_t lane, float* out) {
  for (std::uint32_t i = 0; i < k; ++i)
    weight_values(TensorType::bf16, block + ((std::size_t{i / 2} * kRows + lane) * 2 + i % 2) * 2, 1, out + i);
}

void pack_q8_0(const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint8_t* block) {
  std::uint8_t* quants = block + q8_scale_bytes(k);
  for (std::uint32_t b = 0; b < k / kBlock; ++b, source += 34) {
    std::memcpy(block + (std::size_t{b} * kRows + lane) * 2, source, 2);
    for (std::uint32_t quad = 0; quad < 8; ++quad) {
      std::uint32_t four;
      std::memcpy(&four, source + 2 + quad * 4, 4);
      four ^= 0x80808080U;
      std::memcpy(quants + ((std::size_t{b} * 8 + quad) * kRows + lane) * 4, &four, 4);
    }
  }
}

void unpack_q8_0(const std::uint8_t* block, std::uint32_t k, std::uint32_t lane, float* out) {
  const std::uint8_t* quants = block + q8_scale_bytes(k);
  for (std::uint32_t i = 0; i < k; ++i) {
    const std::uint8_t quant = quants[(std::size_t{i / 4} * kRows + lane) * 4 + i % 4];
    out[i] = scale_at(block + (std::size_t{i / kBlock} * kRows + lane) * 2) *
             static_cast<float>(static_cast<std::int8_t>(quant ^ kSignFlip));
  }
}

// The file's nibbles already hold element i beside i + 16, which is quad g beside quad g + 4.
void pack_q4_0(const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint8_t* block) {
  std::uint8_t* nibbles = block + q8_scale_bytes(k);
  for (std::uint32_t b = 0; b < k / kBlock; ++b, source += 18, nibbles += kNibbleBytes) {
    std::memcpy(block + (std::size_t{b} * kRows + lane) * 2, source, 2);
    for (std::uint32_t group = 0; group < 4; ++group) std::memcpy(nibbles + (group * kRows + lane) * 4, source + 2 + group * 4, 4);
  }
}

void unpack_q4_0(const std::uint8_t* block, std::uint32_t k, std::uint32_t lane, float* out) {
  const std::uint8_t* nibbles = block + q8_scale_bytes(k);
  for (std::uint32_t i = 0; i < k; ++i) {
    const std::uint32_t b = i / kBlock;
    const auto quant = static_cast<std::int32_t>(packed_quant(nibbles + std::size_t{b} * kNibbleBytes, 0, lane, i % kBlock));
    out[i] = scale_at(block + (std::size_t{b} * kRows + lane) * 2) * static_cast<float>(quant - 8);
  }
}

// One 32-block of quants, four at a time.
void pack_quants(const std::uint8_t* quants, std::uint32_t bits, std::uint32_t lane, std::uint8_t* block) {
  std::uint32_t nibbles[4] = {}, high[2] = {};
  for (std::uint32_t quad = 0; quad < 8; ++quad) {
    std::uint32_t four;
    std::memcpy(&four, quants + quad * 4, 4);
    nibbles[quad % 4] |= (four & 0x0F0F0F0FU) << quad / 4 * 4;
    high[bits == 2 ? quad / 4 : 0] |= (four >> 4 & 0x0F0F0F0FU) << high_bit_place(bits, quad);
  }
  for (std::uint32_t group = 0; group < 4; ++group) std::memcpy(block + (group * kRows + lane) * 4, &nibbles[group], 4);
  for (std::uint32_t word = 0; word < bits; ++word) std::memcpy(block + kNibbleBytes + word * kHighWordBytes + lane * 4, &high[word], 4);
}

void pack_super(TensorType type, const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint8_t* block) {
  const std::uint32_t bits = high_bits(type);
  for (std::uint32_t s = 0; s < k / kSuperBlock; ++s, block += packed_super_bytes(bits)) {
    const SuperBlock integers = read_super_block(type, source + std::size_t{s} * tensor_type_info(type).block_bytes);
    std::memcpy(block + lane * 2, &integers.scale, 2);
    std::memcpy(block + (kRows + lane) * 2, &integers.minimum, 2);
    for (std::uint32_t b = 0; b < kSuperBlocks; ++b) {
      std::uint8_t* factors = block + kRows * 4 + b * kRows * 2;
      factors[lane] = integers.first[b];
      factors[kRows + lane] = integers.second[b];
      pack_quants(integers.quants + b * kBlock, bits, lane, block + kSuperHeadBytes + b * nibble_block_bytes(bits));
    }
  }
}

void unpack_super(TensorType type, const std::uint8_t* block, std::uint32_t k, std::uint32_t lane, float* out) {
  const std::uint32_t bits = high_bits(type);
  for (std::uint32_t s = 0; s < k / kSuperBlock; ++s, block += packed_super_bytes(bits), out += kSuperBlock) {
    SuperBlock integers;
    std::memcpy(&integers.scale, block + lane * 2, 2);
    std::memcpy(&integers.minimum, block + (kRows + lane) * 2, 2);
    for (std::uint32_t b = 0; b < kSuperBlocks; ++b) {
      const std::uint8_t* factors = block + kRows * 4 + b * kRows * 2;
      integers.first[b] = factors[lane];
      integers.second[b] = factors[kRows + lane];
      const std::uint8_t* quants = block + kSuperHeadBytes + b * nibble_block_bytes(bits);
      for (std::uint32_t i = 0; i < kBlock; ++i)
        integers.quants[b * kBlock + i] = static_cast<std::uint8_t>(packed_quant(quants, bits, lane, i));
    }
    super_block_values(type, integers, out);
  }
}

}  // namespace

std::size_t row_block_bytes(TensorType type, std::uint32_t k) {
  switch (type) {
    case TensorType::f32:
    case TensorType::f16: return std::size_t{k} * tensor_type_info(type).block_bytes * kRows;
    case TensorType::bf16: return (std::size_t{k} + 1) / 2 * 4 * kRows;
    case TensorType::q8_0: return q8_scale_bytes(k) + std::size_t{k} * kRows;
    case TensorType::q4_0: return q8_scale_bytes(k) + std::size_t{k} / kBlock * kNibbleBytes;
    case TensorType::q4_k:
    case TensorType::q5_k:
    case TensorType::q6_k: return std::size_t{k} / kSuperBlock * packed_super_bytes(high_bits(type));
  }
  return 0;
}

void pack_row(TensorType type, const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint8_t* block) {
  switch (type) {
    case TensorType::f32:
    case TensorType::f16: return pack_plain(source, k, lane, tensor_type_info(type).block_bytes, block);
    case TensorType::bf16: return pack_bf16(source, k, lane, block);
    case TensorType::q8_0: return pack_q8_0(source, k, lane, block);
    case TensorType::q4_0: return pack_q4_0(source, k, lane, block);
    case TensorType::q4_k:
    case TensorType::q5_k:
    case TensorType::q6_k: return pack_super(type, source, k, lane, block);
  }
}

void unpack_row(TensorType type, const std::uint8_t* block, std::uint32_t k, std::uint32_t lane, float* out) {
  switch (type) {
    case TensorType::f32:
    case TensorType::f16: return unpack_plain(type, block, k, lane, out);
    case TensorType::bf16: return unpack_bf16(block, k, lane, out);
    case TensorType::q8_0: return unpack_q8_0(block, k, lane, out);
    case TensorType::q4_0: return unpack_q4_0(block, k, lane, out);
    case TensorType::q4_k:
    case TensorType::q5_k:
    case TensorType::q6_k: return unpack_super(type, block, k, lane, out);
  }
}

}  // namespace lemma
