// Softmax attention over V16, sixteen floats in whatever registers the including file's set has, with 2 or 1 rows at once; the same
// order of operations as the other sets. The including file defines LEMMA_SET as its namespace and V16 in it. Included by
// avx2_*.cpp and neon_*.cpp only; all functions have internal linkage.
#pragma once

#include "kernels/kernels.h"

namespace lemma::LEMMA_SET {
namespace {

inline V16 load_element(const uint16_t* at) { return load_half(at); }
inline V16 load_element(const float* at) { return load(at); }
inline V16 load_element(const int8_t* at) { return load_int8(at); }

template <typename Element>
constexpr bool kScaled = sizeof(Element) == 1;

template <typename Element>
struct Span {
  const AttentionArgs& args;
  uint32_t first_page;  // of the span
  uint32_t count;       // keys of the row that sees most

  const uint8_t* page(uint32_t index, size_t offset) const {
    return args.pool + args.pages[first_page + index] * args.page_bytes + offset;
  }
  // What lies behind the scales of `dim` elements a token.
  const Element* elements(uint32_t index, size_t offset, uint32_t dim) const {
    return reinterpret_cast<const Element*>(page(index, offset) + (kScaled<Element> ? q8_scales_bytes(dim) : 0));
  }
  const Element* keys(uint32_t index) const { return elements(index, args.k_offset, args.key_dim); }
  const Element* values(uint32_t index) const { return elements(index, args.v_offset, args.value_dim); }
  const float* scales(uint32_t index, size_t offset) const { return reinterpret_cast<const float*>(page(index, offset)); }
};

template <uint32_t M, typename Element>
void score_rows(const Span<Element>& span, uint32_t row, float* scores) {
  const uint32_t pages = (span.count + kPageTokens - 1) / kPageTokens;
  const uint32_t dim = span.args.key_dim, step = kScaled<Element> ? kBlock : dim;
  const float* const* q = span.args.q + row;
  for (uint32_t index = 0; index < pages; ++index) {
    const Element* keys = span.keys(index);
    V16 acc[M][2];
    for (uint32_t m = 0; m < M; ++m) acc[m][0] = acc[m][1] = zero();
    for (uint32_t first = 0; first < dim; first += step) {
      V16 part[M][2];
      for (uint32_t m = 0; m < M; ++m) part[m][0] = part[m][1] = zero();
      const uint32_t end = dim - first < step ? dim : first + step;
      for (uint32_t d = first; d < end; ++d, keys += kPageTokens) {
        const V16 k[2] = {load_element(keys), load_element(keys + kRows)};
#pragma GCC unroll 2
        for (uint32_t m = 0; m < M; ++m)
          for (uint32_t h = 0; h < 2; ++h) part[m][h] = fma(set1(q[m][d]), k[h], part[m][h]);
      }
      [[maybe_unused]] const float* scales = span.scales(index, span.args.k_offset) + first / kBlock * kPageTokens;
      for (uint32_t m = 0; m < M; ++m)
        for (uint32_t h = 0; h < 2; ++h)
          if constexpr (kScaled<Element>) acc[m][h] = fma(part[m][h], load(scales + h * kRows), acc[m][h]);
          else acc[m][h] = part[m][h];
    }
    for (uint32_t m = 0; m < M; ++m)
      for (uint32_t h = 0; h < 2; ++h) store(scores + (row + m) * kAttentionSpan + index * kPageTokens + h * kRows, acc[m][h]);
  }
}

template <uint32_t M, uint32_t D, typename Element>
void add_values(const Span<Element>& span, uint32_t row, uint32_t d, size_t padded, const float* scores, float* sums) {
  V16 acc[M][D];
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) acc[m][i] = load(sums + (row + m) * kMaxHeadDim + d + i * kRows);
  for (uint32_t start = 0; start < span.count; start += kPageTokens) {
    const Element* value = span.values(start / kPageTokens) + d;
    [[maybe_unused]] const float* scales = span.scales(start / kPageTokens, span.args.v_offset);
    [[maybe_unused]] const uint32_t blocks = q8_head_blocks(span.args.value_dim);
    const uint32_t end = span.count - start < kPageTokens ? span.count - start : kPageTokens;
    for (uint32_t j = 0; j < end; ++j, value += padded)
#pragma GCC unroll 2
      for (uint32_t i = 0; i < D; ++i) {
        const V16 v = load_element(value + i * kRows);
#pragma GCC unroll 2
        for (uint32_t m = 0; m < M; ++m) {
          float weight = scores[(row + m) * kAttentionSpan + start + j];
          if constexpr (kScaled<Element>) weight *= scales[j * blocks + (d + i * kRows) / kBlock];
          acc[m][i] = fma(set1(weight), v, acc[m][i]);
        }
      }
  }
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) store(sums + (row + m) * kMaxHeadDim + d + i * kRows, acc[m][i]);
}

// The same where values are the first elements of keys: lanes hold 16 keys and are added up at the span's end. The D elements lie in
// one 32-block. Behind the last key memory may hold anything.
template <uint32_t M, uint32_t D, typename Element>
void add_key_values(const Span<Element>& span, uint32_t row, uint32_t d, const float* scores, float* sums) {
  V16 acc[M][D];
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) acc[m][i] = zero();
  for (uint32_t start = 0; start < span.count; start += kRows) {
    const uint32_t page = start / kPageTokens, slot = start % kPageTokens, left = span.count - start;
    const Element* keys = span.keys(page) + size_t{d} * kPageTokens + slot;
    V16 weights[M];
    for (uint32_t m = 0; m < M; ++m) weights[m] = load(scores + (row + m) * kAttentionSpan + start);
    if constexpr (kScaled<Element>) {
      V16 scale = load(span.scales(page, span.args.k_offset) + d / kBlock * kPageTokens + slot);
      if (left < kRows) scale = keep_first(scale, left);
      for (uint32_t m = 0; m < M; ++m) weights[m] = mul(weights[m], scale);
    }
#pragma GCC unroll 2
    for (uint32_t i = 0; i < D; ++i) {
      V16 v = load_element(keys + i * kPageTokens);
      if (left < kRows) v = keep_first(v, left);
#pragma GCC unroll 2
      for (uint32_t m = 0; m < M; ++m) acc[m][i] = fma(weights[m], v, acc[m][i]);
    }
  }
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) sums[(row + m) * kMaxHeadDim + d + i] += tree_sum(acc[m][i]);
}

template <uint32_t M, typename Element>
void key_value_rows(const Span<Element>& span, uint32_t row, const float* scores, float* sums) {
  uint32_t d = 0;
  for (; d + 2 <= span.args.value_dim; d += 2) add_key_values<M, 2>(span, row, d, scores, sums);
  for (; d < span.args.value_dim; ++d) add_key_values<M, 1>(span, row, d, scores, sums);
}

template <uint32_t M, typename Element>
void value_rows(const Span<Element>& span, uint32_t row, const float* scores, float* sums) {
  if (span.args.values_in_keys) return key_value_rows<M>(span, row, scores, sums);
  const uint32_t padded = (span.args.value_dim + kRows - 1) / kRows * kRows;
  uint32_t d = 0;
  for (; d + 2 * kRows <= padded; d += 2 * kRows) add_values<M, 2>(span, row, d, padded, scores, sums);
  for (; d < padded; d += kRows) add_values<M, 1>(span, row, d, padded, scores, sums);
}

struct RowState {
  float largest;
  V16 sum;
};

// Turns a row's scores of this span into weights relative to its largest score so far, and brings older sums down to it.
void soften(RowState& state, float* scores, uint32_t count, uint32_t padded_count, float* sums, uint32_t dim, bool first) {
  V16 most = set1(-__builtin_inff());
  for (uint32_t j = 0; j < count; j += kRows) most = max(load_first(scores + j, count - j, -__builtin_inff()), most);
  const float span_largest = largest_of(most);
  if (first) {
    state.largest = span_largest;
    state.sum = zero();
  } else {
    const float renewed = span_largest > state.largest ? span_largest : state.largest;
    const V16 scale = exp(set1(state.largest - renewed));
    state.sum = mul(state.sum, scale);
    for (uint32_t d = 0; d < dim; d += kRows) store(sums + d, mul(load(sums + d), scale));
    state.largest = renewed;
  }
  const V16 shift = set1(state.largest);
  for (uint32_t j = 0; j < padded_count; j += kRows) {
    V16 p = exp(sub(load(scores + j), shift));
    if (count < j + kRows) p = keep_first(p, count > j ? count - j : 0);
    store(scores + j, p);
    state.sum = add(state.sum, p);
  }
}

template <typename Element>
void attend_one_head(const AttentionArgs& args) {
  float* scores = args.scratch;
  float* sums = args.scratch + kAttentionRows * kAttentionSpan;
  const uint32_t dim = args.value_dim, rows = args.rows;
  RowState states[kAttentionRows];
  uint32_t most = 0;
  for (uint32_t m = 0; m < rows; ++m) {
    most = args.visible[m] > most ? args.visible[m] : most;
    for (uint32_t d = 0; d < dim; d += kRows) store(sums + m * kMaxHeadDim + d, zero());
  }
  for (uint32_t start = 0; start < most; start += kAttentionSpan) {
    const uint32_t count = most - start < kAttentionSpan ? most - start : kAttentionSpan;
    const Span<Element> span = {args, start / kPageTokens, count};
    uint32_t row = 0;
    for (; row + 2 <= rows; row += 2) score_rows<2>(span, row, scores);
    for (; row < rows; ++row) score_rows<1>(span, row, scores);
    for (uint32_t m = 0; m < rows; ++m) {
      float* row_scores = scores + m * kAttentionSpan;
      if (args.visible[m] > start) {
        const uint32_t seen = args.visible[m] - start < count ? args.visible[m] - start : count;
        soften(states[m], row_scores, seen, count, sums + m * kMaxHeadDim, dim, start == 0);
      } else {
        for (uint32_t j = 0; j < count; j += kRows) store(row_scores + j, zero());
      }
    }
    row = 0;
    for (; row + 2 <= rows; row += 2) value_rows<2>(span, row, scores, sums);
    for (; row < rows; ++row) value_rows<1>(span, row, scores, sums);
  }
  for (uint32_t m = 0; m < rows; ++m) {
    const V16 total = set1(tree_sum(states[m].sum));
    for (uint32_t d = 0; d < dim; d += kRows) store_first(args.out[m] + d, dim - d, div(load(sums + m * kMaxHeadDim + d), total));
  }
}

template <typename Element>
void attend(const AttentionArgs& args) {
  for (uint32_t row = 0; row < args.rows; row += args.head_rows) {
    AttentionArgs head = args;
    head.rows = args.rows - row < args.head_rows ? args.rows - row : args.head_rows;
    head.pool += row / args.head_rows * args.head_bytes;
    for (uint32_t m = 0; m < head.rows; ++m) {
      head.q[m] = args.q[row + m];
      head.out[m] = args.out[row + m];
      head.visible[m] = args.visible[row + m];
    }
    attend_one_head<Element>(head);
  }
}

}  // namespace
}  // namespace lemma::LEMMA_SET
