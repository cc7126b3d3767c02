// The reference of every kernel, in plain C++: each function is the order of operations that kernels.h fixes, written out.
// Runs on any CPU; the fast sets are tested against it bit for bit.

#include <cmath>
#include <cstring>

#include "half.h"
#include "kernels/kernels.h"
#include "kernels/scalar_math.h"

namespace lemma {
namespace {

using scalar::exp_reference;
using scalar::identity;
using scalar::store;
using scalar::tile_columns;
using scalar::tree_sum;

template <typename T, float (*Convert)(T)>
void matmul_plain(const MatmulArgs& args) {
  for (uint32_t block = 0; block < args.row_blocks; ++block) {
    const uint8_t* weights = args.weights + block * args.row_block_bytes;
    for (uint32_t column = 0; column < args.columns; ++column) {
      const uint32_t first = column / kColumns * kColumns, count = tile_columns(args, first);
      const uint8_t* tile = args.tiles + column / kColumns * args.tile_bytes;
      float acc[kRows] = {};
      for (uint32_t k = 0; k < args.k; ++k) {
        float x;
        std::memcpy(&x, tile + (size_t{k} * count + column - first) * 4, 4);
        for (uint32_t r = 0; r < kRows; ++r) {
          T w;
          std::memcpy(&w, weights + (size_t{k} * kRows + r) * sizeof(T), sizeof(T));
          acc[r] = std::fmaf(Convert(w), x, acc[r]);
        }
      }
      store(args, size_t{block} * kRows, column, acc);
    }
  }
}

// What lies below the smallest normal number counts as 0.
float flushed(float value) { return std::fabs(value) < 0x1p-126F ? 0.0F : value; }

void matmul_bf16(const MatmulArgs& args) {
  const auto read = [](const uint8_t* at) {
    uint16_t bits;
    std::memcpy(&bits, at, 2);
    return flushed(bfloat_to_float(bits));
  };
  for (uint32_t block = 0; block < args.row_blocks; ++block)
    for (uint32_t column = 0; column < args.columns; ++column) {
      const uint32_t first = column / kColumns * kColumns, count = tile_columns(args, first);
      const uint8_t* tile = args.tiles + column / kColumns * args.tile_bytes + size_t{column - first} * 4;
      const uint8_t* weights = args.weights + block * args.row_block_bytes;
      float acc[kRows] = {};
      for (uint32_t k = 0; k < args.k; k += 2, tile += size_t{count} * 4, weights += kRows * 4)
        for (uint32_t r = 0; r < kRows; ++r) {
          acc[r] = flushed(std::fmaf(read(weights + r * 4 + 2), read(tile + 2), acc[r]));
          acc[r] = flushed(std::fmaf(read(weights + r * 4), read(tile), acc[r]));
        }
      store(args, size_t{block} * kRows, column, acc);
    }
}

void matmul_q8_0(const MatmulArgs& args) {
  for (uint32_t block = 0; block < args.row_blocks; ++block) {
    const uint8_t* scales = args.weights + block * args.row_block_bytes;
    const uint8_t* quants = scales + q8_scale_bytes(args.k);
    for (uint32_t column = 0; column < args.columns; ++column) {
      const uint32_t first = column / kColumns * kColumns, count = tile_columns(args, first), c = column - first;
      const uint8_t* tile = args.tiles + column / kColumns * args.tile_bytes;
      float acc[kRows] = {};
      for (uint32_t b = 0; b < args.k / kBlock; ++b, tile += size_t{count} * kTileBlock) {
        const uint8_t* record = tile + size_t{c} * kTileBlock;
        const int8_t* x = reinterpret_cast<const int8_t*>(record);
        float scale_x;
        int32_t correction;
        std::memcpy(&scale_x, record + kTileScale, 4);
        std::memcpy(&correction, record + kTileCorrection, 4);
        for (uint32_t r = 0; r < kRows; ++r) {
          int32_t dot = correction;
          for (uint32_t quad = 0; quad < 8; ++quad)
            for (uint32_t i = 0; i < 4; ++i)
              dot += int32_t{quants[((size_t{b} * 8 + quad) * kRows + r) * 4 + i]} * x[quad * 4 + i];
          uint16_t half;
          std::memcpy(&half, scales + (size_t{b} * kRows + r) * 2, 2);
          acc[r] = std::fmaf(static_cast<float>(dot), half_to_float(half) * scale_x, acc[r]);
        }
      }
      store(args, size_t{block} * kRows, column, acc);
    }
  }
}

void quantise(const float* x, uint32_t blocks, uint8_t* tile, uint32_t columns, uint32_t column) {
  tile += size_t{column} * kTileBlock;
  for (uint32_t b = 0; b < blocks; ++b, x += kBlock, tile += size_t{columns} * kTileBlock) {
    float largest = 0;
    for (uint32_t i = 0; i < kBlock; ++i) largest = std::fabs(x[i]) > largest ? std::fabs(x[i]) : largest;
    const float inverse = largest > 0 ? 127.0F / largest : 0.0F;
    const float scale = largest / 127.0F;
    int32_t sum = 0, first_half = 0;
    for (uint32_t i = 0; i < kBlock; ++i) {
      if (i == kBlock / 2) first_half = -128 * sum;
      float scaled = x[i] * inverse;
      scaled = scaled > -127.0F ? scaled : -127.0F;  // also NaN
      scaled = scaled < 127.0F ? scaled : 127.0F;
      const int32_t q = static_cast<int32_t>(std::nearbyintf(scaled));
      tile[i] = static_cast<uint8_t>(static_cast<int8_t>(q));
      sum += q;
    }
    const int32_t correction = -128 * sum;
    std::memcpy(tile + kTileScale, &scale, 4);
    std::memcpy(tile + kTileCorrection, &correction, 4);
    std::memcpy(tile + kTileFirstHalf, &first_half, 4);
  }
}

void rms_norm(const float* x, const float* weight, float* y, uint32_t n, float epsilon) {
  float lanes[kRows] = {};
  for (uint32_t i = 0; i < n; ++i) lanes[i % kRows] = std::fmaf(x[i], x[i], lanes[i % kRows]);
  const float scale = 1.0F / std::sqrt(tree_sum(lanes) / static_cast<float>(n) + epsilon);
  for (uint32_t i = 0; i < n; ++i) y[i] = x[i] * scale * weight[i];
}

void swiglu(const float* gate, const float* up, float* out, uint32_t n) {
  for (uint32_t i = 0; i < n; ++i) out[i] = gate[i] / (1.0F + exp_reference(-gate[i])) * up[i];
}

void sigmoid(const float* x, float* y, uint32_t n) {
  for (uint32_t i = 0; i < n; ++i) y[i] = 1.0F / (1.0F + exp_reference(-x[i]));
}

void add(float* y, const float* x, uint32_t n) {
  for (uint32_t i = 0; i < n; ++i) y[i] += x[i];
}

void rope(float* x, const float* cosine, const float* sine, uint32_t half) {
  for (uint32_t i = 0; i < half; ++i) {
    const float a = x[i], b = x[half + i];
    x[i] = a * cosine[i] - b * sine[i];
    x[half + i] = a * sine[i] + b * cosine[i];
  }
}

void to_half(const float* x, uint16_t* y, uint32_t n) {
  for (uint32_t i = 0; i < n; ++i) {
    float value = x[i] > -65504.0F ? x[i] : -65504.0F;
    value = value < 65504.0F ? value : 65504.0F;
    y[i] = float_to_half(value);
  }
}

void softmax(const float* x, uint32_t n, float scale, float* y, float* largest, float* sum) {
  float top = -INFINITY;
  for (uint32_t i = 0; i < n; ++i) top = x[i] > top ? x[i] : top;
  float lanes[kRows] = {};
  for (uint32_t i = 0; i < n; ++i) {
    const float weight = exp_reference((x[i] - top) * scale);
    if (y != nullptr) y[i] = weight;
    lanes[i % kRows] += weight;
  }
  *largest = top;
  *sum = tree_sum(lanes);
}

}  // namespace

const KernelTable kScalarKernels = {
    .name = "scalar",
    .matmul_f32 = matmul_plain<float, identity>,
    .matmul_f16 = matmul_plain<uint16_t, half_to_float>,
    .matmul_bf16 = matmul_bf16,
    .matmul_q8_0 = matmul_q8_0,
    .matmul_q4_0 = scalar::matmul_q4_0,
    .matmul_q4_k = scalar::matmul_q4_k,
    .matmul_q5_k = scalar::matmul_q5_k,
    .matmul_q6_k = scalar::matmul_q6_k,
    .attention = scalar::attention,
    .attention_f32 = scalar::attention_f32,
    .attention_q8 = scalar::attention_q8,
    .quantise = quantise,
    .rms_norm = rms_norm,
    .swiglu = swiglu,
    .sigmoid = sigmoid,
    .add = add,
    .rope = rope,
    .to_half = to_half,
    .softmax = softmax,
};

}  // namespace lemma
