// Storing into KV pages and reading back. A key's elements lie a page apart, a value's side by side.

#include "kv_pages.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace lemma {
namespace {

constexpr std::uint32_t kPiece = 128;  // elements converted at once

constexpr std::size_t padded(std::uint32_t dim) { return (std::size_t{dim} + kRows - 1) / kRows * kRows; }

void convert(const KernelTable& kernels, const float* from, std::uint16_t* to, std::uint32_t n) { kernels.to_half(from, to, n); }
void convert(const KernelTable&, const float* from, float* to, std::uint32_t n) { std::memcpy(to, from, n * sizeof(float)); }

// Cached halves are finite (to_half clamps). So a shift and an exact multiplication do, which compilers make of many at once.
float to_float(std::uint16_t value) {
  const float magnitude = std::bit_cast<float>((value & 0x7FFFU) << 13) * 0x1p112F;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | (value & 0x8000U) << 16);
}
float to_float(float value) { return value; }

template <typename Element>
void store_key(const KernelTable& kernels, const float* x, std::uint32_t dim, std::uint32_t slot, std::uint8_t* page) {
  Element* keys = reinterpret_cast<Element*>(page) + slot;
  for (std::uint32_t from = 0; from < dim; from += kPiece) {
    Element converted[kPiece];
    const std::uint32_t count = std::min(kPiece, dim - from);
    convert(kernels, x + from, converted, count);
    for (std::uint32_t i = 0; i < count; ++i) keys[std::size_t{from + i} * kPageTokens] = converted[i];
  }
}

template <typename Element>
void store_value(const KernelTable& kernels, const float* x, std::uint32_t dim, std::uint32_t slot, std::uint8_t* page) {
  convert(kernels, x, reinterpret_cast<Element*>(page) + slot * padded(dim), dim);
}

template <typename Element>
void read_keys(const std::uint8_t* page, std::uint32_t, std::uint32_t first, std::uint32_t n, std::size_t along, std::size_t across,
               float* out) {
  const Element* in = reinterpret_cast<const Element*>(page) + std::size_t{first} * kPageTokens;
  for (std::uint32_t i = 0; i < n; ++i, in += kPageTokens) {
    float tokens[kPageTokens];
    for (std::uint32_t token = 0; token < kPageTokens; ++token) tokens[token] = to_float(in[token]);
    for (std::uint32_t token = 0; token < kPageTokens; ++token) out[i * along + token * across] = tokens[token];
  }
}

// Quantised as a tile of one token is, a record a 32-block; the last block is filled up with zeros.
template <typename Take>
void quantise(const KernelTable& kernels, const float* x, std::uint32_t dim, Take take) {
  for (std::uint32_t b = 0; b < q8_head_blocks(dim); ++b) {
    float whole[kBlock] = {};
    std::uint8_t record[kTileBlock];
    std::memcpy(whole, x + b * kBlock, std::min(kBlock, dim - b * kBlock) * sizeof(float));
    kernels.quantise(whole, 1, record, 1, 0);
    take(b, record);
  }
}

void store_q8_key(const KernelTable& kernels, const float* x, std::uint32_t dim, std::uint32_t slot, std::uint8_t* page) {
  quantise(kernels, x, dim, [&](std::uint32_t b, const std::uint8_t* record) {
    std::memcpy(page + (b * kPageTokens + slot) * 4, record + kTileScale, 4);
    std::uint8_t* keys = page + q8_scales_bytes(dim) + std::size_t{b} * kBlock * kPageTokens + slot;
    for (std::uint32_t i = 0; i < std::min(kBlock, dim - b * kBlock); ++i) keys[std::size_t{i} * kPageTokens] = record[i];
  });
}

void store_q8_value(const KernelTable& kernels, const float* x, std::uint32_t dim, std::uint32_t slot, std::uint8_t* page) {
  quantise(kernels, x, dim, [&](std::uint32_t b, const std::uint8_t* record) {
    std::memcpy(page + (slot * q8_head_blocks(dim) + b) * 4, record + kTileScale, 4);
    std::uint8_t* values = page + q8_scales_bytes(dim) + slot * padded(dim) + b * kBlock;
    std::memcpy(values, record, std::min(std::size_t{kBlock}, padded(dim) - b * kBlock));
  });
}

void read_q8_keys(const std::uint8_t* page, std::uint32_t dim, std::uint32_t first, std::uint32_t n, std::size_t along,
                  std::size_t across, float* out) {
  const auto* scales = reinterpret_cast<const float*>(page);
  const auto* keys = reinterpret_cast<const std::int8_t*>(page + q8_scales_bytes(dim));
  for (std::uint32_t i = 0; i < n; ++i)
    for (std::uint32_t token = 0; token < kPageTokens; ++token)
      out[i * along + token * across] = scales[std::size_t{(first + i) / kBlock} * kPageTokens + token] *
                                        static_cast<float>(keys[std::size_t{first + i} * kPageTokens + token]);
}

std::size_t element_bytes(KvType type) { return type == KvType::f32 ? sizeof(float) : sizeof(std::uint16_t); }

}  // namespace

KvPages kv_pages(KvType type, const KernelTable& kernels) {
  switch (type) {
    case KvType::f16: return {store_key<std::uint16_t>, store_value<std::uint16_t>, read_keys<std::uint16_t>, kernels.attention};
    case KvType::f32: return {store_key<float>, store_value<float>, read_keys<float>, kernels.attention_f32};
    case KvType::q8_0: return {store_q8_key, store_q8_value, read_q8_keys, kernels.attention_q8};
  }
  return {};
}

std::size_t kv_key_bytes(KvType type, std::uint32_t dim) {
  return type == KvType::q8_0 ? q8_key_bytes(dim) : kPageTokens * dim * element_bytes(type);
}

std::size_t kv_value_bytes(KvType type, std::uint32_t dim) {
  return type == KvType::q8_0 ? q8_value_bytes(dim) : kPageTokens * padded(dim) * element_bytes(type);
}

}  // namespace lemma
