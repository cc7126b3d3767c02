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

template <typename Element>
struct Span {
  const AttentionArgs& args;
  uint32_t first_page;  // of the span
  uint32_t count;       // keys of the row that sees most
  const Element* page(uint32_t index, size_t offset) const {
    return reinterpret_cast<const Element*>(args.pool + args.pages[first_page + index] * args.page_bytes + offset);
  }
};

// Scores of M rows for P pages from `index` on.
template <uint32_t M, uint32_t P, typename Element>
void score_pages(const Span<Element>& span, uint32_t index, uint32_t row, float* scores) {
  const Element* keys[P];
  for (uint32_t p = 0; p < P; ++p) keys[p] = span.page(index + p, span.args.k_offset);
  const float* const* q = span.args.q + row;
  __m512 acc[M][P][kHalves];
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t p = 0; p < P; ++p)
      for (uint32_t h = 0; h < kHalves; ++h) acc[m][p][h] = _mm512_setzero_ps();
  for (uint32_t d = 0; d < span.args.key_dim; ++d)
#pragma GCC unroll 4
    for (uint32_t p = 0; p < P; ++p)
#pragma GCC unroll 2
      for (uint32_t h = 0; h < kHalves; ++h) {
        const __m512 k = load_element(keys[p] + size_t{d} * kPageTokens + h * kRows);
#pragma GCC unroll 8
        for (uint32_t m = 0; m < M; ++m) acc[m][p][h] = _mm512_fmadd_ps(_mm512_set1_ps(q[m][d]), k, acc[m][p][h]);
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
    const Element* value = span.page(start / kPageTokens, span.args.v_offset) + d;
    const uint32_t end = span.count - start < kPageTokens ? span.count - start : kPageTokens;
    for (uint32_t j = 0; j < end; ++j, value += padded)
#pragma GCC unroll 4
      for (uint32_t i = 0; i < D; ++i) {
        const __m512 v = load_element(value + i * kRows);
#pragma GCC unroll 4
        for (uint32_t m = 0; m < M; ++m)
          acc[m][i] = _mm512_fmadd_ps(_mm512_set1_ps(scores[(row + m) * kAttentionSpan + start + j]), v, acc[m][i]);
      }
  }
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) _mm512_storeu_ps(sums + (row + m) * kMaxHeadDim + d + i * kRows, acc[m][i]);
}

// Four tree sums side by side, each in the order of tree_sum.
__m128 tree_sums(const __m512* lanes) {
  __m128 four[4];
  for (uint32_t i = 0; i < 4; ++i) {
    const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(lanes[i]), _mm512_extractf32x8_ps(lanes[i], 1));
    four[i] = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  }
  const __m128 two_low = _mm_add_ps(_mm_movelh_ps(four[0], four[1]), _mm_movehl_ps(four[1], four[0]));   // 0 1 of each of two
  const __m128 two_high = _mm_add_ps(_mm_movelh_ps(four[2], four[3]), _mm_movehl_ps(four[3], four[2]));
  return _mm_add_ps(_mm_shuffle_ps(two_low, two_high, _MM_SHUFFLE(2, 0, 2, 0)), _mm_shuffle_ps(two_low, two_high, _MM_SHUFFLE(3, 1, 3, 1)));
}

// The same where values are the first elements of keys: one register holds 16 keys, whose lanes are added up at the span's end.
template <uint32_t M, uint32_t D, typename Element>
void add_key_values(const Span<Element>& span, uint32_t row, uint32_t d, const float* scores, float* sums) {
  __m512 acc[M][D];
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) acc[m][i] = _mm512_setzero_ps();
  for (uint32_t start = 0; start < span.count; start += kRows) {
    const Element* keys = span.page(start / kPageTokens, span.args.k_offset) + size_t{d} * kPageTokens + start % kPageTokens;
    const __mmask16 mask = span.count - start < kRows ? tail_mask(span.count - start) : static_cast<__mmask16>(0xFFFF);
    __m512 p[M];
    for (uint32_t m = 0; m < M; ++m) p[m] = _mm512_loadu_ps(scores + (row + m) * kAttentionSpan + start);
#pragma GCC unroll 4
    for (uint32_t i = 0; i < D; ++i) {
      const __m512 v = _mm512_maskz_mov_ps(mask, load_element(keys + i * kPageTokens));
#pragma GCC unroll 4
      for (uint32_t m = 0; m < M; ++m) acc[m][i] = _mm512_fmadd_ps(p[m], v, acc[m][i]);
    }
  }
  for (uint32_t m = 0; m < M; ++m) {
    float* out = sums + (row + m) * kMaxHeadDim + d;
    if constexpr (D == 4) {
      _mm_storeu_ps(out, _mm_add_ps(_mm_loadu_ps(out), tree_sums(acc[m])));
    } else {
      for (uint32_t i = 0; i < D; ++i) out[i] += tree_sum(acc[m][i]);
    }
  }
}

template <uint32_t M, typename Element>
void key_value_rows(const Span<Element>& span, uint32_t row, const float* scores, float* sums) {
  uint32_t d = 0;
  for (; d + 4 <= span.args.value_dim; d += 4) add_key_values<M, 4>(span, row, d, scores, sums);
  for (; d < span.args.value_dim; ++d) add_key_values<M, 1>(span, row, d, scores, sums);
}

template <uint32_t M, typename Element>
void value_rows(const Span<Element>& span, uint32_t row, const float* scores, float* sums) {
  if (span.args.values_in_keys) return key_value_rows<M>(span, row, scores, sums);
  const uint32_t padded = (span.args.value_dim + kRows - 1) / kRows * kRows;
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
  const uint32_t dim = args.value_dim, rows = args.rows;
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

}  // namespace lemma::avx512

#endif
