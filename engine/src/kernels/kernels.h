// The hot loops as one table of functions per instruction set. Pure functions of pointers and sizes: no allocation, no threads,
// no standard library (these files are compiled with other flags than the rest; an inline function would leak those flags).
//
// Every kernel set returns the same bits. Each result is a chain of operations in one order that this header fixes, with
// fused multiply-adds (fma) exactly where it says so; tests compare all sets with the scalar one bit for bit. It follows
// that a token's result depends neither on the batch that it shares, nor on chunking, threads or CPU.
//
// Packed weights. Rows are taken in blocks of 16 (kRows), the last padded with zero rows. One row block of a [rows, K] matrix:
//   F32, F16: for each k, 16 values, one per row.
//   BF16: for each pair of k, [16 rows][2], which is how vdpbf16ps wants it; the second of a last odd k is 0.
//   Q8_0: for each 32-block of k, 16 f16 scales; padding to 64 bytes; then for each 32-block 8 quads of k, each
//         [16 rows][4 k] int8 stored with the top bit flipped (value + 128), which is how vpdpbusd wants its first operand.
//   Q4_0, Q4_K, Q5_K, Q6_K: kernels/packed_nibbles.h, with the order of their sums.
// Activations are laid out in tiles of at most 8 (kColumns) tokens, C tokens in the last one; a full tile holds:
//   plain:     for each k, C floats.
//   bf16:      for each pair of k, [C tokens][2] bf16 (nearest, ties to even); the second of a last odd k is 0.
//   quantised: for each 32-block, C records of 44 bytes (kTileBlock): 32 int8; a float scale; int32 correction = -128 * sum of
//              the int8, which undoes the weights' bias; int32: the same of elements 0-15 alone.
//              scale = max|x| / 127, q = round to nearest even of x * (127 / max|x|).
// Dot products, for row r and token c:
//   plain:     acc = fma(w[r][k], x[c][k], acc) for k = 0, 1, ...
//   bf16:      acc = fma(w[r][k+1], x[c][k+1], acc), then fma(w[r][k], x[c][k], acc), for k = 0, 2, ...; operands and results
//              below 2^-126 count as 0: what vdpbf16ps does (Intel SDM, and a comparison over 14 million random cases).
//   quantised: acc = fma(float(integer dot of a 32-block), scale_w * scale_x, acc) for each block in order.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace lemma {

inline constexpr uint32_t kRows = 16;
inline constexpr uint32_t kColumns = 8;
inline constexpr uint32_t kBlock = 32;              // elements that share a scale
inline constexpr uint32_t kTileBlock = kBlock + 12; // bytes of a token's 32-block in a quantised tile; in it, after the int8:
inline constexpr uint32_t kTileScale = kBlock, kTileCorrection = kBlock + 4, kTileFirstHalf = kBlock + 8;
inline constexpr uint32_t kPageTokens = 32;         // tokens of a KV page
inline constexpr uint32_t kAttentionSpan = 512;     // keys whose softmax is computed at once
inline constexpr uint32_t kAttentionRows = 8;       // query rows of one attention call
inline constexpr uint32_t kMaxHeadDim = 512;

/// Bytes of a tile of C tokens: quantised, plain, bf16.
constexpr size_t quantised_tile_bytes(uint32_t columns, uint32_t k) { return size_t{k} / kBlock * columns * kTileBlock; }
constexpr size_t plain_tile_bytes(uint32_t columns, uint32_t k) { return size_t{k} * columns * 4; }
constexpr size_t bf16_tile_bytes(uint32_t columns, uint32_t k) { return (size_t{k} + 1) / 2 * columns * 4; }
/// Bytes of the scales in front of a Q8_0 or Q4_0 row block.
constexpr size_t q8_scale_bytes(uint32_t k) { return (size_t{k} / kBlock * kRows * 2 + 63) / 64 * 64; }

/// out[c][r] (+)= dot(weight row r, activation column c), for `row_blocks` row blocks and all columns.
struct MatmulArgs {
  const uint8_t* weights;     // first row block
  size_t row_block_bytes;
  uint32_t row_blocks;
  uint32_t k;
  const uint8_t* tiles;       // full tiles one after the other, then the rest
  size_t tile_bytes;          // of a full tile
  uint32_t columns;
  float* out;                 // [columns][out_stride], first row of the first block; whole row blocks are written
  size_t out_stride;
  bool accumulate;            // out + result instead of result
  bool streamed = false;      // weights come from memory, not from a cache: worth fetching ahead
};

/// Softmax attention of up to 8 query rows over one sequence's pages of one KV head, or of several: then each has head_rows rows, one
/// head's after the other's, and its part of a page lies head_bytes behind that of the head before.
/// Page part of a head: K as [key_dim][32 tokens], V as [32 tokens][padded value_dim] (padded to 16), all f16, f32 or int8.
/// In front of int8 stand float scales, one for each 32 elements of a key or value (the last ones may be fewer): K [blocks][32 tokens],
/// V [32 tokens][blocks]; scale and int8 are those of a quantised tile.
/// Per row and span of 512 keys: s_j = chain of fma over the key's elements; m' = max(m, max s); p_j = exp(s_j - m');
/// sum16[j % 16] += p_j after scaling by exp(m - m'); acc = fma(p_j, v_j, acc) in order of j. At last acc / tree sum.
/// With values_in_keys a value is the first value_dim elements of its key, and there is no V (latent attention): then, per span,
/// lane16[j % 16] = fma(p_j, v_j, lane) in order of j, from zero, and acc += tree sum.
/// int8: a 32-block's chain of its own from 0, then s_j = fma(chain, scale, s_j) for each block; p_j * scale (the value's, or the key's
/// where values are in keys) takes the place of p_j beside v_j.
struct AttentionArgs {
  const float* q[kAttentionRows];        // key_dim floats each, already scaled
  float* out[kAttentionRows];            // value_dim floats each
  uint32_t visible[kAttentionRows];      // keys 0..visible-1 count; at least 1
  uint32_t rows;
  uint32_t key_dim;
  uint32_t value_dim;                    // at most kMaxHeadDim
  bool values_in_keys;
  const uint8_t* pool;
  size_t page_bytes;
  const uint32_t* pages;                 // page numbers of the sequence
  size_t k_offset, v_offset;             // of this layer and the first head within a page
  float* scratch;                        // attention_scratch_floats
  uint32_t head_rows = kAttentionRows;   // at least `rows`: one head
  size_t head_bytes = 0;
};

/// Scales of a token's key or value in int8, and bytes of a head's keys and values in a page.
constexpr uint32_t q8_head_blocks(uint32_t dim) { return (dim + kBlock - 1) / kBlock; }
constexpr size_t q8_scales_bytes(uint32_t dim) { return size_t{kPageTokens} * q8_head_blocks(dim) * 4; }
constexpr size_t q8_key_bytes(uint32_t key_dim) { return q8_scales_bytes(key_dim) + size_t{kPageTokens} * key_dim; }
constexpr size_t q8_value_bytes(uint32_t value_dim) {
  return q8_scales_bytes(value_dim) + size_t{kPageTokens} * ((value_dim + kRows - 1) / kRows * kRows);
}

inline constexpr size_t kAttentionScratch = size_t{kAttentionRows} * (kAttentionSpan + kMaxHeadDim);

struct KernelTable {
  const char* name;
  void (*matmul_f32)(const MatmulArgs&);
  void (*matmul_f16)(const MatmulArgs&);
  void (*matmul_bf16)(const MatmulArgs&);
  void (*matmul_q8_0)(const MatmulArgs&);
  void (*matmul_q4_0)(const MatmulArgs&);
  void (*matmul_q4_k)(const MatmulArgs&);
  void (*matmul_q5_k)(const MatmulArgs&);
  void (*matmul_q6_k)(const MatmulArgs&);
  void (*attention)(const AttentionArgs&);      // f16 pages
  void (*attention_f32)(const AttentionArgs&);  // f32 pages
  void (*attention_q8)(const AttentionArgs&);   // int8 pages
  /// Writes `blocks` 32-blocks of one token to its column of a quantised tile; `tile` points at the first of these blocks.
  void (*quantise)(const float* x, uint32_t blocks, uint8_t* tile, uint32_t columns, uint32_t column);
  /// y = x / sqrt(mean(x^2) + eps) * weight. Sums 16 lanes (element i in lane i % 16, by fma), then by halves.
  void (*rms_norm)(const float* x, const float* weight, float* y, uint32_t n, float epsilon);
  /// out = gate / (1 + exp(-gate)) * up.
  void (*swiglu)(const float* gate, const float* up, float* out, uint32_t n);
  /// y = 1 / (1 + exp(-x)).
  void (*sigmoid)(const float* x, float* y, uint32_t n);
  /// y += x.
  void (*add)(float* y, const float* x, uint32_t n);
  /// Rotates pairs (x[i], x[half + i]): x0 * cos - x1 * sin, x0 * sin + x1 * cos, each product rounded.
  void (*rope)(float* x, const float* cosine, const float* sine, uint32_t half);
  /// f16 of x, clamped to ±65504, ties to even.
  void (*to_half)(const float* x, uint16_t* y, uint32_t n);
  /// y = exp((x - largest) * scale), the largest x, and the sum of y in 16 lanes, then by halves. `y` may be null.
  void (*softmax)(const float* x, uint32_t n, float scale, float* y, float* largest, float* sum);
};

extern const KernelTable kScalarKernels;
#if defined(__x86_64__)
extern const KernelTable kAvx2Kernels;
#if defined(LEMMA_AVXVNNI)
extern const KernelTable kAvxVnniKernels;  // AVX2 and the 256-bit vpdpbusd
#endif
extern const KernelTable kAvx512Kernels;
#if defined(LEMMA_AVX512BF16)
extern const KernelTable kAvx512Bf16Kernels;  // AVX-512 and vdpbf16ps
#if defined(LEMMA_AMX)
extern const KernelTable kAmxKernels;         // these and the int8 tiles of AMX
#endif
#endif
#elif defined(__aarch64__)
extern const KernelTable kNeonKernels;        // NEON and the dot product of int8
#endif

}  // namespace lemma
