// Softmax attention with AVX-512. Scores: one register holds 16 keys, query elements are broadcast, so that the sum over the head
// runs down the registers. Values: one register holds 16 elements of the head. Rows (queries, and heads that share the KV
// head) are taken 8, 4, 2 or 1 at once to share each load and conversion of a page.

#if defined(__x86_64__)

#include "kernels/avx512_math.h"

namespace lemma::avx512 {
namespace {

constexpr uint32_t kHalves = kPageTokens / kRows;  // registers of a page's keys

inline __m512 load_element(const uint16_t* at) { return load_half(at); }
inline __m512 load_element(const float* at) { return _mm512_loadu_ps(at); }
inline __m512 load_element(const int8_t* at) {
  return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at))));
}

// Bytes of the scales in front of a head's elements.
template <typename Element>
size_t scales_bytes(uint32_t head_dim) {
  return sizeof(Element) == 1 ? q8_scales_bytes(head_dim) : 0;
}

template <typename Element>
struct Span {
  const AttentionArgs& args;
  uint32_t first_page;  // of the span
  uint32_t count;       // keys of the row that sees most
  const uint8_t* page(uint32_t index, size_t offset) const {
    return args.pool + args.pages[first_page + index] * args.page_bytes + offset;
  }
  const Element* elements(uint32_t index, size_t offset) const {
    return reinterpret_cast<const Element*>(page(index, offset) + scales_bytes<Element>(args.head_dim));
  }
  const float* scales(uint32_t index, size_t offset) const { return reinterpret_cast<const float*>(page(index, offset)); }
};

template <uint32_t M, uint32_t P>
using Scores = __m512[M][P][kHalves];

// acc = scores of M rows over elements [first, end) of a head, for P pages from `index` on.
template <uint32_t M, uint32_t P, typename Element>
[[gnu::always_inline]] inline void score_elements(const Span<Element>& span, uint32_t index, uint32_t row, uint32_t first, uint32_t end,
                                                  Scores<M, P>& acc) {
  const Element* keys[P];
  for (uint32_t p = 0; p < P; ++p) keys[p] = span.elements(index + p, span.args.k_offset);
  const float* const* q = span.args.q + row;
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t p = 0; p < P; ++p)
      for (uint32_t h = 0; h < kHalves; ++h) acc[m][p][h] = _mm512_setzero_ps();
  for (uint32_t d = first; d < end; ++d)
#pragma GCC unroll 4
    for (uint32_t p = 0; p < P; ++p)
#pragma GCC unroll 2
      for (uint32_t h = 0; h < kHalves; ++h) {
        const __m512 k = load_element(keys[p] + size_t{d} * kPageTokens + h * kRows);
#pragma GCC unroll 8
        for (uint32_t m = 0; m < M; ++m) acc[m][p][h] = _mm512_fmadd_ps(_mm512_set1_ps(q[m][d]), k, acc[m][p][h]);
      }
}

// Scores of M rows for P pages from `index` on.
template <uint32_t M, uint32_t P, typename Element>
void score_pages(const Span<Element>& span, uint32_t index, uint32_t row, float* scores) {
  const uint32_t dim = span.args.head_dim;
  Scores<M, P> acc;
  if constexpr (sizeof(Element) == 1) {
    for (uint32_t m = 0; m < M; ++m)
      for (uint32_t p = 0; p < P; ++p)
        for (uint32_t h = 0; h < kHalves; ++h) acc[m][p][h] = _mm512_setzero_ps();
    for (uint32_t first = 0; first < dim; first += kBlock) {
      Scores<M, P> part;
      score_elements<M, P>(span, index, row, first, dim - first < kBlock ? dim : first + kBlock, part);
      for (uint32_t p = 0; p < P; ++p) {
        const float* scales = span.scales(index + p, span.args.k_offset) + first / kBlock * kPageTokens;
        for (uint32_t h = 0; h < kHalves; ++h) {
          const __m512 scale = _mm512_loadu_ps(scales + h * kRows);
          for (uint32_t m = 0; m < M; ++m) acc[m][p][h] = _mm512_fmadd_ps(part[m][p][h], scale, acc[m][p][h]);
        }
      }
    }
  } else {
    score_elements<M, P>(span, index, row, 0, dim, acc);
  }
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t p = 0; p < P; ++p)
      for (uint32_t h = 0; h < kHalves; ++h)
        _mm512_storeu_ps(scores + (row + m) * kAttentionSpan + (index + p) * kPageTokens + h * kRows, acc[m][p][h]);
}

template <uint32_t M, uint32_t P, typename Element>
void score_rows(const Span<Element>& span, uint32_t row, float* scores) {
  const uint32_t pages = (span.count + kPageTokens - 1) / kPageTokens;
  uint32_t index = 0;
  for (; index + P <= pages; index += P) score_pages<M, P>(span, index, row, scores);
  for (; index < pages; ++index) score_pages<M, 1>(span, index, row, scores);
}

// acc += p * V for M rows and D registers of the head from element `d` on.
template <uint32_t M, uint32_t D, typename Element>
void add_values(const Span<Element>& span, uint32_t row, uint32_t d, size_t padded, const float* scores, float* sums) {
  __m512 acc[M][D];
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) acc[m][i] = _mm512_loadu_ps(sums + (row + m) * kMaxHeadDim + d + i * kRows);
  for (uint32_t start = 0; start < span.count; start += kPageTokens) {
    const Element* value = span.elements(start / kPageTokens, span.args.v_offset) + d;
    [[maybe_unused]] const float* scales = span.scales(start / kPageTokens, span.args.v_offset);
    [[maybe_unused]] const uint32_t blocks = q8_head_blocks(span.args.head_dim);
    const uint32_t end = span.count - start < kPageTokens ? span.count - start : kPageTokens;
    for (uint32_t j = 0; j < end; ++j, value += padded)
#pragma GCC unroll 4
      for (uint32_t i = 0; i < D; ++i) {
        const __m512 v = load_element(value + i * kRows);
#pragma GCC unroll 4
        for (uint32_t m = 0; m < M; ++m) {
          float weight = scores[(row + m) * kAttentionSpan + start + j];
          if constexpr (sizeof(Element) == 1) weight *= scales[j * blocks + (d + i * kRows) / kBlock];
          acc[m][i] = _mm512_fmadd_ps(_mm512_set1_ps(weight), v, acc[m][i]);
        }
      }
  }
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) _mm512_storeu_ps(sums + (row + m) * kMaxHeadDim + d + i * kRows, acc[m][i]);
}

template <uint32_t M, typename Element>
void value_rows(const Span<Element>& span, uint32_t row, const float* scores, float* sums) {
  const uint32_t padded = (span.args.head_dim + kRows - 1) / kRows * kRows;
  uint32_t d = 0;
  for (; d + 4 * kRows <= padded; d += 4 * kRows) add_values<M, 4>(span, row, d, padded, scores, sums);
  for (; d + 2 * kRows <= padded; d += 2 * kRows) add_values<M, 2>(span, row, d, padded, scores, sums);
  for (; d < padded; d += kRows) add_values<M, 1>(span, row, d, padded, scores, sums);
}

struct RowState {
  float largest;
  __m512 sum;
};

// Turns a row's scores of this span into weights relative to its largest score so far, and brings older sums down to it.
void soften(RowState& state, float* scores, uint32_t count, uint32_t padded_count, float* sums, uint32_t head_dim, bool first) {
  __m512 most = _mm512_set1_ps(-__builtin_inff());
  for (uint32_t j = 0; j < count; j += kRows) {
    const __mmask16 mask = count - j < kRows ? tail_mask(count - j) : static_cast<__mmask16>(0xFFFF);
    most = _mm512_mask_max_ps(most, mask, _mm512_loadu_ps(scores + j), most);
  }
  const float span_largest = _mm512_reduce_max_ps(most);
  if (first) {
    state.largest = span_largest;
    state.sum = _mm512_setzero_ps();
  } else {
    const float renewed = span_largest > state.largest ? span_largest : state.largest;
    const __m512 scale = exp(_mm512_set1_ps(state.largest - renewed));
    state.sum = _mm512_mul_ps(state.sum, scale);
    for (uint32_t d = 0; d < head_dim; d += kRows)
      _mm512_storeu_ps(sums + d, _mm512_mul_ps(_mm512_loadu_ps(sums + d), scale));
    state.largest = renewed;
  }
  const __m512 shift = _mm512_set1_ps(state.largest);
  for (uint32_t j = 0; j < padded_count; j += kRows) {
    const uint32_t left = count > j ? count - j : 0;
    const __mmask16 mask = left < kRows ? tail_mask(left) : static_cast<__mmask16>(0xFFFF);
    const __m512 p = _mm512_maskz_mov_ps(mask, exp(_mm512_sub_ps(_mm512_loadu_ps(scores + j), shift)));
    _mm512_storeu_ps(scores + j, p);
    state.sum = _mm512_add_ps(state.sum, p);
  }
}

template <typename Element>
void attend(const AttentionArgs& args) {
  float* scores = args.scratch;
  float* sums = args.scratch + kAttentionRows * kAttentionSpan;
  const uint32_t dim = args.head_dim, rows = args.rows;
  RowState states[kAttentionRows];
  uint32_t most = 0;
  for (uint32_t m = 0; m < rows; ++m) {
    most = args.visible[m] > most ? args.visible[m] : most;
    for (uint32_t d = 0; d < dim; d += kRows) _mm512_storeu_ps(sums + m * kMaxHeadDim + d, _mm512_setzero_ps());
  }
  for (uint32_t start = 0; start < most; start += kAttentionSpan) {
    const uint32_t count = most - start < kAttentionSpan ? most - start : kAttentionSpan;
    const Span<Element> span = {args, start / kPageTokens, count};
    uint32_t row = 0;
    for (; row + 8 <= rows; row += 8) score_rows<8, 1>(span, row, scores);
    for (; row + 4 <= rows; row += 4) score_rows<4, 2>(span, row, scores);
    for (; row + 2 <= rows; row += 2) score_rows<2, 2>(span, row, scores);
    for (; row < rows; ++row) score_rows<1, 4>(span, row, scores);
    for (uint32_t m = 0; m < rows; ++m) {
      float* row_scores = scores + m * kAttentionSpan;
      if (args.visible[m] > start) {
        const uint32_t seen = args.visible[m] - start < count ? args.visible[m] - start : count;
        soften(states[m], row_scores, seen, count, sums + m * kMaxHeadDim, dim, start == 0);
      } else {
        for (uint32_t j = 0; j < count; j += kRows) _mm512_storeu_ps(row_scores + j, _mm512_setzero_ps());
      }
    }
    row = 0;
    for (; row + 4 <= rows; row += 4) value_rows<4>(span, row, scores, sums);
    for (; row + 2 <= rows; row += 2) value_rows<2>(span, row, scores, sums);
    for (; row < rows; ++row) value_rows<1>(span, row, scores, sums);
  }
  for (uint32_t m = 0; m < rows; ++m) {
    const __m512 total = _mm512_set1_ps(tree_sum(states[m].sum));
    for (uint32_t d = 0; d < dim; d += kRows) {
      const __mmask16 mask = dim - d < kRows ? tail_mask(dim - d) : static_cast<__mmask16>(0xFFFF);
      _mm512_mask_storeu_ps(args.out[m] + d, mask, _mm512_div_ps(_mm512_loadu_ps(sums + m * kMaxHeadDim + d), total));
    }
  }
}

}  // namespace

void attention(const AttentionArgs& args) { attend<uint16_t>(args); }
void attention_f32(const AttentionArgs& args) { attend<float>(args); }
void attention_q8(const AttentionArgs& args) { attend<int8_t>(args); }

}  // namespace lemma::avx512

#endif
