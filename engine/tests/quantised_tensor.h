// Encodes floats in GGUF's quantised types, for tests: plain roundings, written from the formats and not from the engine's decoder.
// `values` become what the bytes hold. Layouts in words: src/weight_blocks.h.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "gguf_builder.h"
#include "half.h"
#include "tensor_type.h"

namespace lemma_test {

inline void put_q8_0(std::string& out, float* x) {
  float largest = 0;
  for (int i = 0; i < 32; ++i) largest = std::max(largest, std::fabs(x[i]));
  const std::uint16_t half = lemma::float_to_half(largest / 127.0F);
  const float scale = lemma::half_to_float(half);
  GgufBuilder::put(out, half);
  for (int i = 0; i < 32; ++i) {
    const float q = scale > 0 ? std::fmin(127.0F, std::fmax(-127.0F, std::nearbyint(x[i] / scale))) : 0.0F;
    GgufBuilder::put(out, static_cast<std::int8_t>(q));
    x[i] = scale * q;
  }
}

inline void put_q4_0(std::string& out, float* x) {
  float largest = 0;
  for (int i = 0; i < 32; ++i)
    if (std::fabs(x[i]) > std::fabs(largest)) largest = x[i];
  const std::uint16_t half = lemma::float_to_half(largest / -8.0F);
  const float scale = lemma::half_to_float(half);
  GgufBuilder::put(out, half);
  int q[32];
  for (int i = 0; i < 32; ++i) {
    q[i] = scale != 0 ? std::clamp(static_cast<int>(std::nearbyint(x[i] / scale)) + 8, 0, 15) : 8;
    x[i] = scale * static_cast<float>(q[i] - 8);
  }
  for (int i = 0; i < 16; ++i) GgufBuilder::put(out, static_cast<std::uint8_t>(q[i] | q[i + 16] << 4));
}

inline int rounded(float x, float step, int low, int high) {
  return step != 0 ? std::clamp(static_cast<int>(std::nearbyint(x / step)), low, high) : 0;
}

// Q4_K (levels 15) and Q5_K (levels 31).
inline void put_q45_k(std::string& out, float* x, int levels) {
  float scales[8], minima[8];
  for (int b = 0; b < 8; ++b) {
    const auto [low, high] = std::minmax_element(x + b * 32, x + b * 32 + 32);
    minima[b] = std::max(0.0F, -*low);
    scales[b] = (std::max(0.0F, *high) + minima[b]) / static_cast<float>(levels);
  }
  const std::uint16_t d16 = lemma::float_to_half(*std::max_element(scales, scales + 8) / 63);
  const std::uint16_t m16 = lemma::float_to_half(*std::max_element(minima, minima + 8) / 63);
  const float d = lemma::half_to_float(d16), dmin = lemma::half_to_float(m16);
  int scale[8], minimum[8];
  std::uint8_t packed[12] = {}, fifth[32] = {}, nibbles[128] = {};
  for (int b = 0; b < 8; ++b) {
    scale[b] = rounded(scales[b], d, 0, 63);
    minimum[b] = rounded(minima[b], dmin, 0, 63);
    const float step = d * static_cast<float>(scale[b]), offset = dmin * static_cast<float>(minimum[b]);
    for (int i = 0; i < 32; ++i) {
      float& value = x[b * 32 + i];
      const int q = rounded(value + offset, step, 0, levels);
      value = step * static_cast<float>(q) - offset;
      nibbles[b / 2 * 32 + i] = static_cast<std::uint8_t>(nibbles[b / 2 * 32 + i] | (q & 15) << b % 2 * 4);
      fifth[i] = static_cast<std::uint8_t>(fifth[i] | (q >> 4) << b);
    }
  }
  for (int j = 0; j < 4; ++j) {
    packed[j] = static_cast<std::uint8_t>(scale[j] | (scale[j + 4] >> 4) << 6);
    packed[j + 4] = static_cast<std::uint8_t>(minimum[j] | (minimum[j + 4] >> 4) << 6);
    packed[j + 8] = static_cast<std::uint8_t>((scale[j + 4] & 15) | (minimum[j + 4] & 15) << 4);
  }
  GgufBuilder::put(out, d16);
  GgufBuilder::put(out, m16);
  out.append(reinterpret_cast<const char*>(packed), sizeof packed);
  if (levels == 31) out.append(reinterpret_cast<const char*>(fifth), sizeof fifth);
  out.append(reinterpret_cast<const char*>(nibbles), sizeof nibbles);
}

// Every other scale is negative, as a file may have it.
inline void put_q6_k(std::string& out, float* x) {
  float steps[16], largest = 0;
  for (int g = 0; g < 16; ++g) {
    float top = 0;
    for (int i = 0; i < 16; ++i) top = std::max(top, std::fabs(x[g * 16 + i]));
    steps[g] = (g % 2 == 0 ? top : -top) / 31;
    largest = std::max(largest, top / 31);
  }
  const std::uint16_t d16 = lemma::float_to_half(largest / 127);
  const float d = lemma::half_to_float(d16);
  std::uint8_t low[128] = {}, high[64] = {};
  std::string scales;
  for (int g = 0; g < 16; ++g) {
    const int scale = rounded(steps[g], d, -128, 127);
    GgufBuilder::put(scales, static_cast<std::int8_t>(scale));
    for (int i = g * 16; i < g * 16 + 16; ++i) {
      const float step = d * static_cast<float>(scale);
      const int q = rounded(x[i], step, -32, 31);
      x[i] = step * static_cast<float>(q);
      const int half = i / 128, part = i % 128 / 32, at = i % 32;
      std::uint8_t& nibbles = low[half * 64 + part % 2 * 32 + at];
      nibbles = static_cast<std::uint8_t>(nibbles | ((q + 32) & 15) << part / 2 * 4);
      high[half * 32 + at] = static_cast<std::uint8_t>(high[half * 32 + at] | ((q + 32) >> 4) << part * 2);
    }
  }
  out.append(reinterpret_cast<const char*>(low), sizeof low);
  out.append(reinterpret_cast<const char*>(high), sizeof high);
  out += scales;
  GgufBuilder::put(out, d16);
}

/// Rows of a quantised type one after the other; their length is a multiple of its block.
inline std::string encode_quantised(lemma::TensorType type, std::vector<float>& values) {
  std::string out;
  for (std::size_t i = 0; i < values.size(); i += lemma::tensor_type_info(type).block_elements) {
    float* x = &values[i];
    switch (type) {
      case lemma::TensorType::q8_0: put_q8_0(out, x); break;
      case lemma::TensorType::q4_0: put_q4_0(out, x); break;
      case lemma::TensorType::q4_k: put_q45_k(out, x, 15); break;
      case lemma::TensorType::q5_k: put_q45_k(out, x, 31); break;
      case lemma::TensorType::q6_k: put_q6_k(out, x); break;
      default: return {};
    }
  }
  return out;
}

}  // namespace lemma_test
