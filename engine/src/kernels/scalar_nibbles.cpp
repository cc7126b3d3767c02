// The reference of Q4_0, Q4_K, Q5_K and Q6_K: packed_nibbles.h written out, one weight at a time.

#include <cmath>
#include <cstring>

#include "half.h"
#include "kernels/packed_nibbles.h"
#include "kernels/scalar_math.h"

namespace lemma::scalar {
namespace {

/// One token's 32-block of a tile.
struct TokenBlock {
  const uint8_t* at;

  int32_t quant(uint32_t i) const { return static_cast<int8_t>(at[i]); }
  float scale() const { return read<float>(kTileScale); }
  int32_t correction() const { return read<int32_t>(kTileCorrection); }

 private:
  template <typename T>
  T read(uint32_t place) const {
    T value;
    std::memcpy(&value, at + place, 4);
    return value;
  }
};

float read_half(const uint8_t* at) {
  uint16_t half;
  std::memcpy(&half, at, 2);
  return half_to_float(half);
}

/// Sum of (q - bias) x over elements [first, last) of row r.
int32_t dot(const uint8_t* block, uint32_t high_bits, uint32_t r, const TokenBlock& x, uint32_t first, uint32_t last, int32_t bias) {
  int32_t sum = 0;
  for (uint32_t i = first; i < last; ++i) sum += (static_cast<int32_t>(packed_quant(block, high_bits, r, i)) - bias) * x.quant(i);
  return sum;
}

/// Calls add(weights of the row block, 32-block, token block, acc) for each 32-block of each column.
template <typename Add>
void multiply(const MatmulArgs& args, Add add) {
  for (uint32_t block = 0; block < args.row_blocks; ++block)
    for (uint32_t column = 0; column < args.columns; ++column) {
      const uint32_t first = column / kColumns * kColumns, count = tile_columns(args, first);
      const uint8_t* tile = args.tiles + column / kColumns * args.tile_bytes + size_t{column - first} * kTileBlock;
      float acc[kRows] = {};
      for (uint32_t b = 0; b < args.k / kBlock; ++b, tile += size_t{count} * kTileBlock)
        add(args.weights + block * args.row_block_bytes, b, TokenBlock{tile}, acc);
      store(args, size_t{block} * kRows, column, acc);
    }
}

/// The parts of a 256-block that 32-block b needs.
struct SuperPart {
  const uint8_t *head, *first, *second, *quants;

  SuperPart(const uint8_t* weights, uint32_t b, uint32_t high_bits)
      : head(weights + size_t{b / kSuperBlocks} * packed_super_bytes(high_bits)),
        first(head + kRows * 4 + b % kSuperBlocks * kRows * 2),
        second(first + kRows),
        quants(head + kSuperHeadBytes + b % kSuperBlocks * nibble_block_bytes(high_bits)) {}
};

template <uint32_t HighBits>
void matmul_with_minimum(const MatmulArgs& args) {
  multiply(args, [](const uint8_t* weights, uint32_t b, const TokenBlock& x, float* acc) {
    const SuperPart part(weights, b, HighBits);
    const float offset = static_cast<float>(x.correction()) * x.scale();
    for (uint32_t r = 0; r < kRows; ++r) {
      const float scale = read_half(part.head + r * 2) * part.first[r];
      const float minimum = read_half(part.head + (kRows + r) * 2) / 128.0F * part.second[r];
      const int32_t sum = dot(part.quants, HighBits, r, x, 0, kBlock, 0);
      acc[r] = std::fmaf(static_cast<float>(sum), scale * x.scale(), acc[r]);
      acc[r] = std::fmaf(minimum, offset, acc[r]);
    }
  });
}

}  // namespace

void matmul_q4_0(const MatmulArgs& args) {
  multiply(args, [k = args.k](const uint8_t* weights, uint32_t b, const TokenBlock& x, float* acc) {
    const uint8_t* quants = weights + q8_scale_bytes(k) + size_t{b} * kNibbleBytes;
    for (uint32_t r = 0; r < kRows; ++r) {
      const float scale = read_half(weights + (size_t{b} * kRows + r) * 2);
      acc[r] = std::fmaf(static_cast<float>(dot(quants, 0, r, x, 0, kBlock, 8)), scale * x.scale(), acc[r]);
    }
  });
}

void matmul_q4_k(const MatmulArgs& args) { matmul_with_minimum<0>(args); }
void matmul_q5_k(const MatmulArgs& args) { matmul_with_minimum<1>(args); }

void matmul_q6_k(const MatmulArgs& args) {
  multiply(args, [](const uint8_t* weights, uint32_t b, const TokenBlock& x, float* acc) {
    const SuperPart part(weights, b, 2);
    for (uint32_t r = 0; r < kRows; ++r) {
      const int32_t sum = static_cast<int8_t>(part.first[r]) * dot(part.quants, 2, r, x, 0, 16, 32) +
                          static_cast<int8_t>(part.second[r]) * dot(part.quants, 2, r, x, 16, 32, 32);
      acc[r] = std::fmaf(static_cast<float>(sum), read_half(part.head + r * 2) * x.scale(), acc[r]);
    }
  });
}

}  // namespace lemma::scalar
