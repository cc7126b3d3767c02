// Softmax attention with AVX-512. Scores: one register holds 16 keys, query elements are broadcast, so that the sum over the head
// runs down the registers. Values: one register holds 16 elements of the head. Rows (queries, and heads that share the KV
// head) are taken 8, 4, 2 or 1 at once to share each load and conversion of a page. A sum is one chain of multiply-adds, so a few rows
// alone would wait for each other's results most of the time: then up to 4 KV heads are taken at once, H of them with M rows each.

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

template <typename Element>
constexpr bool kScaled = sizeof(Element) == 1;

template <typename Element>
struct Span {
  const AttentionArgs& args;
  uint32_t first_page;  // of the span
  uint32_t count;       // keys of the row that sees most

  const uint8_t* page(uint32_t index, uint32_t head, size_t offset) const {
    return args.pool + args.pages[first_page + index] * args.page_bytes + head * args.head_bytes + offset;
  }
  // What lies behind the scales of `dim` elements a token.
  const Element* elements(uint32_t index, uint32_t head, size_t offset, uint32_t dim) const {
    return reinterpret_cast<const Element*>(page(index, head, offset) + (kScaled<Element> ? q8_scales_bytes(dim) : 0));
  }
  const Element* keys(uint32_t index, uint32_t head) const { return elements(index, head, args.k_offset, args.key_dim); }
  const Element* values(uint32_t index, uint32_t head) const { return elements(index, head, args.v_offset, args.value_dim); }
  const float* scales(uint32_t index, uint32_t head, size_t offset) const {
    return reinterpret_cast<const float*>(page(index, head, offset));
  }
};

// The first row of H heads with M rows each.
struct Rows {
  uint32_t head, row;
};

template <uint32_t H, uint32_t M, uint32_t P>
using Scores = __m512[H][M][P][kHalves];

// acc = scores of the rows over elements [first, end) of a head, for P pages from `index` on.
template <uint32_t H, uint32_t M, uint32_t P, typename Element>
[[gnu::always_inline]] inline void score_elements(const Span<Element>& span, uint32_t index, Rows rows, uint32_t first, uint32_t end,
                                                  Scores<H, M, P>& acc) {
  const Element* keys[H][P];
  for (uint32_t n = 0; n < H; ++n)
    for (uint32_t p = 0; p < P; ++p) keys[n][p] = span.keys(index + p, rows.head + n);
  const float* const* q = span.args.q + rows.row;
  for (uint32_t n = 0; n < H; ++n)
    for (uint32_t m = 0; m < M; ++m)
      for (uint32_t p = 0; p < P; ++p)
        for (uint32_t h = 0; h < kHalves; ++h) acc[n][m][p][h] = _mm512_setzero_ps();
  for (uint32_t d = first; d < end; ++d)
#pragma GCC unroll 4
    for (uint32_t n = 0; n < H; ++n)
#pragma GCC unroll 4
      for (uint32_t p = 0; p < P; ++p)
#pragma GCC unroll 2
        for (uint32_t h = 0; h < kHalves; ++h) {
          const __m512 k = load_element(keys[n][p] + size_t{d} * kPageTokens + h * kRows);
#pragma GCC unroll 8
          for (uint32_t m = 0; m < M; ++m) acc[n][m][p][h] = _mm512_fmadd_ps(_mm512_set1_ps(q[n * M + m][d]), k, acc[n][m][p][h]);
        }
}

// Scores of the rows for P pages from `index` on.
template <uint32_t H, uint32_t M, uint32_t P, typename Element>
void score_pages(const Span<Element>& span, uint32_t index, Rows rows, float* scores) {
  const uint32_t dim = span.args.key_dim;
  Scores<H, M, P> acc;
  if constexpr (kScaled<Element>) {
    for (uint32_t n = 0; n < H; ++n)
      for (uint32_t m = 0; m < M; ++m)
        for (uint32_t p = 0; p < P; ++p)
          for (uint32_t h = 0; h < kHalves; ++h) acc[n][m][p][h] = _mm512_setzero_ps();
    for (uint32_t first = 0; first < dim; first += kBlock) {
      Scores<H, M, P> part;
      score_elements<H, M, P>(span, index, rows, first, dim - first < kBlock ? dim : first + kBlock, part);
      for (uint32_t n = 0; n < H; ++n)
        for (uint32_t p = 0; p < P; ++p) {
          const float* scales = span.scales(index + p, rows.head + n, span.args.k_offset) + first / kBlock * kPageTokens;
          for (uint32_t h = 0; h < kHalves; ++h) {
            const __m512 scale = _mm512_loadu_ps(scales + h * kRows);
            for (uint32_t m = 0; m < M; ++m) acc[n][m][p][h] = _mm512_fmadd_ps(part[n][m][p][h], scale, acc[n][m][p][h]);
          }
        }
    }
  } else {
    score_elements<H, M, P>(span, index, rows, 0, dim, acc);
  }
  for (uint32_t n = 0; n < H; ++n)
    for (uint32_t m = 0; m < M; ++m)
      for (uint32_t p = 0; p < P; ++p)
        for (uint32_t h = 0; h < kHalves; ++h)
          _mm512_storeu_ps(scores + (rows.row + n * M + m) * kAttentionSpan + (index + p) * kPageTokens + h * kRows, acc[n][m][p][h]);
}

template <uint32_t H, uint32_t M, typename Element>
void score_rows(const Span<Element>& span, Rows rows, float* scores) {
  constexpr uint32_t P = H * M >= 8 ? 1 : H * M == 1 ? 4 : 2;  // 8 to 16 chains of sums
  const uint32_t pages = (span.count + kPageTokens - 1) / kPageTokens;
  uint32_t index = 0;
  for (; index + P <= pages; index += P) score_pages<H, M, P>(span, index, rows, scores);
  for (; index < pages; ++index) score_pages<H, M, 1>(span, index, rows, scores);
}

// acc += p * V for the rows and D registers of the head from element `d` on.
template <uint32_t H, uint32_t M, uint32_t D, typename Element>
void add_values(const Span<Element>& span, Rows rows, uint32_t d, size_t padded, const float* scores, float* sums) {
  __m512 acc[H][M][D];
  for (uint32_t n = 0; n < H; ++n)
    for (uint32_t m = 0; m < M; ++m)
      for (uint32_t i = 0; i < D; ++i) acc[n][m][i] = _mm512_loadu_ps(sums + (rows.row + n * M + m) * kMaxHeadDim + d + i * kRows);
  for (uint32_t start = 0; start < span.count; start += kPageTokens) {
    const Element* values[H];
    [[maybe_unused]] const float* scales[H];
    for (uint32_t n = 0; n < H; ++n) {
      values[n] = span.values(start / kPageTokens, rows.head + n) + d;
      scales[n] = span.scales(start / kPageTokens, rows.head + n, span.args.v_offset);
    }
    [[maybe_unused]] const uint32_t blocks = q8_head_blocks(span.args.value_dim);
    const uint32_t end = span.count - start < kPageTokens ? span.count - start : kPageTokens;
    for (uint32_t j = 0; j < end; ++j)
#pragma GCC unroll 4
      for (uint32_t n = 0; n < H; ++n)
#pragma GCC unroll 4
        for (uint32_t i = 0; i < D; ++i) {
          const __m512 v = load_element(values[n] + j * padded + i * kRows);
#pragma GCC unroll 4
          for (uint32_t m = 0; m < M; ++m) {
            float weight = scores[(rows.row + n * M + m) * kAttentionSpan + start + j];
            if constexpr (kScaled<Element>) weight *= scales[n][j * blocks + (d + i * kRows) / kBlock];
            acc[n][m][i] = _mm512_fmadd_ps(_mm512_set1_ps(weight), v, acc[n][m][i]);
          }
        }
  }
  for (uint32_t n = 0; n < H; ++n)
    for (uint32_t m = 0; m < M; ++m)
      for (uint32_t i = 0; i < D; ++i) _mm512_storeu_ps(sums + (rows.row + n * M + m) * kMaxHeadDim + d + i * kRows, acc[n][m][i]);
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

// The same where values are the first elements of keys: one register holds 16 keys, whose lanes are added up at the span's end. The D
// elements lie in one 32-block. Behind the last key memory may hold anything.
template <uint32_t M, uint32_t D, typename Element>
void add_key_values(const Span<Element>& span, Rows rows, uint32_t d, const float* scores, float* sums) {
  __m512 acc[M][D];
  for (uint32_t m = 0; m < M; ++m)
    for (uint32_t i = 0; i < D; ++i) acc[m][i] = _mm512_setzero_ps();
  for (uint32_t start = 0; start < span.count; start += kRows) {
    const uint32_t page = start / kPageTokens, slot = start % kPageTokens;
    const Element* keys = span.keys(page, rows.head) + size_t{d} * kPageTokens + slot;
    const __mmask16 mask = span.count - start < kRows ? tail_mask(span.count - start) : static_cast<__mmask16>(0xFFFF);
    __m512 p[M];
    for (uint32_t m = 0; m < M; ++m) p[m] = _mm512_loadu_ps(scores + (rows.row + m) * kAttentionSpan + start);
    if constexpr (kScaled<Element>) {
      const float* scales = span.scales(page, rows.head, span.args.k_offset) + d / kBlock * kPageTokens + slot;
      const __m512 scale = _mm512_maskz_loadu_ps(mask, scales);
      for (uint32_t m = 0; m < M; ++m) p[m] = _mm512_mul_ps(p[m], scale);
    }
#pragma GCC unroll 4
    for (uint32_t i = 0; i < D; ++i) {
      const __m512 v = _mm512_maskz_mov_ps(mask, load_element(keys + i * kPageTokens));
#pragma GCC unroll 4
      for (uint32_t m = 0; m < M; ++m) acc[m][i] = _mm512_fmadd_ps(p[m], v, acc[m][i]);
    }
  }
  for (uint32_t m = 0; m < M; ++m) {
    float* out = sums + (rows.row + m) * kMaxHeadDim + d;
    if constexpr (D == 4) {
      _mm_storeu_ps(out, _mm_add_ps(_mm_loadu_ps(out), tree_sums(acc[m])));
    } else {
      for (uint32_t i = 0; i < D; ++i) out[i] += tree_sum(acc[m][i]);
    }
  }
}

template <uint32_t M, typename Element>
void key_value_rows(const Span<Element>& span, Rows rows, const float* scores, float* sums) {
  uint32_t d = 0;
  for (; d + 4 <= span.args.value_dim; d += 4) add_key_values<M, 4>(span, rows, d, scores, sums);
  for (; d < span.args.value_dim; ++d) add_key_values<M, 1>(span, rows, d, scores, sums);
}

template <uint32_t H, uint32_t M, typename Element>
void value_rows(const Span<Element>& span, Rows rows, const float* scores, float* sums) {
  if constexpr (M > 4) {
    value_rows<H, 4>(span, rows, scores, sums);
    return value_rows<H, M - 4>(span, {rows.head, rows.row + 4}, scores, sums);
  } else {
    if (span.args.values_in_keys) {
      for (uint32_t n = 0; n < H; ++n) key_value_rows<M>(span, {rows.head + n, rows.row + n * M}, scores, sums);
      return;
    }
    const uint32_t padded = (span.args.value_dim + kRows - 1) / kRows * kRows;
    uint32_t d = 0;
    for (; d + 4 * kRows <= padded; d += 4 * kRows) add_values<H, M, 4>(span, rows, d, padded, scores, sums);
    for (; d + 2 * kRows <= padded; d += 2 * kRows) add_values<H, M, 2>(span, rows, d, padded, scores, sums);
    for (; d < padded; d += kRows) add_values<H, M, 1>(span, rows, d, padded, scores, sums);
  }
}

// Cuts the call's rows into groups and calls part<H, M>(rows) for each.
template <typename Part>
[[gnu::always_inline]] inline void for_groups(const AttentionArgs& args, const Part& part) {
  const uint32_t each = args.head_rows < args.rows ? args.head_rows : args.rows, heads = args.rows / each;
  uint32_t head = 0;
  if (each == 1)
    for (; head + 4 <= heads; head += 4) part.template operator()<4, 1>({head, head});
  if (each <= 2)
    for (; head + 2 <= heads; head += 2) {
      if (each == 1) part.template operator()<2, 1>({head, head});
      else part.template operator()<2, 2>({head, 2 * head});
    }
  for (; head < heads; ++head) {
    uint32_t row = head * each;
    const uint32_t end = row + each;
    for (; row + 8 <= end; row += 8) part.template operator()<1, 8>({head, row});
    for (; row + 4 <= end; row += 4) part.template operator()<1, 4>({head, row});
    for (; row + 2 <= end; row += 2) part.template operator()<1, 2>({head, row});
    for (; row < end; ++row) part.template operator()<1, 1>({head, row});
  }
}

struct RowState {
  float largest;
  __m512 sum;
};

// Turns a row's scores of this span into weights relative to its largest score so far, and brings older sums down to it.
void soften(RowState& state, float* scores, uint32_t count, uint32_t padded_count, float* sums, uint32_t dim, bool first) {
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
    for (uint32_t d = 0; d < dim; d += kRows)
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
    for_groups(args, [&]<uint32_t H, uint32_t M>(Rows group) { score_rows<H, M>(span, group, scores); });
    for (uint32_t m = 0; m < rows; ++m) {
      float* row_scores = scores + m * kAttentionSpan;
      if (args.visible[m] > start) {
        const uint32_t seen = args.visible[m] - start < count ? args.visible[m] - start : count;
        soften(states[m], row_scores, seen, count, sums + m * kMaxHeadDim, dim, start == 0);
      } else {
        for (uint32_t j = 0; j < count; j += kRows) _mm512_storeu_ps(row_scores + j, _mm512_setzero_ps());
      }
    }
    for_groups(args, [&]<uint32_t H, uint32_t M>(Rows group) { value_rows<H, M>(span, group, scores, sums); });
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
