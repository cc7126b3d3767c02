// The reference of softmax attention: the order of operations that kernels.h fixes, one query row after the other.

#include <cmath>

#include "half.h"
#include "kernels/kernels.h"
#include "kernels/scalar_math.h"

namespace lemma::scalar {
namespace {

// A head's keys or values in a page, by element: dot(q, key of a slot, dim), acc += weight * value of a slot, and sum + weight *
// element d of a slot's key.
template <typename Element, float (*to_float)(Element)>
struct PlainPage {
  static float dot(const float* q, const uint8_t* page, uint32_t slot, uint32_t dim) {
    const Element* keys = reinterpret_cast<const Element*>(page) + slot;
    float sum = 0;
    for (uint32_t d = 0; d < dim; ++d) sum = std::fmaf(q[d], to_float(keys[size_t{d} * kPageTokens]), sum);
    return sum;
  }
  static void add(float weight, const uint8_t* page, uint32_t slot, uint32_t dim, float* acc) {
    const Element* value = reinterpret_cast<const Element*>(page) + slot * size_t{(dim + kRows - 1) / kRows * kRows};
    for (uint32_t d = 0; d < dim; ++d) acc[d] = std::fmaf(weight, to_float(value[d]), acc[d]);
  }
  static float add_key(float weight, const uint8_t* page, uint32_t slot, uint32_t, uint32_t d, float sum) {
    return std::fmaf(weight, to_float(reinterpret_cast<const Element*>(page)[size_t{d} * kPageTokens + slot]), sum);
  }
};

struct Q8Page {
  static float dot(const float* q, const uint8_t* page, uint32_t slot, uint32_t dim) {
    const float* scales = reinterpret_cast<const float*>(page) + slot;
    const int8_t* keys = reinterpret_cast<const int8_t*>(page + q8_scales_bytes(dim)) + slot;
    float sum = 0;
    for (uint32_t first = 0; first < dim; first += kBlock) {
      float part = 0;
      for (uint32_t d = first; d < dim && d < first + kBlock; ++d)
        part = std::fmaf(q[d], static_cast<float>(keys[size_t{d} * kPageTokens]), part);
      sum = std::fmaf(part, scales[size_t{first / kBlock} * kPageTokens], sum);
    }
    return sum;
  }
  static void add(float weight, const uint8_t* page, uint32_t slot, uint32_t dim, float* acc) {
    const float* scales = reinterpret_cast<const float*>(page) + size_t{slot} * q8_head_blocks(dim);
    const int8_t* value = reinterpret_cast<const int8_t*>(page + q8_scales_bytes(dim)) + slot * size_t{(dim + kRows - 1) / kRows * kRows};
    for (uint32_t d = 0; d < dim; ++d) acc[d] = std::fmaf(weight * scales[d / kBlock], static_cast<float>(value[d]), acc[d]);
  }
  static float add_key(float weight, const uint8_t* page, uint32_t slot, uint32_t dim, uint32_t d, float sum) {
    const float scale = reinterpret_cast<const float*>(page)[size_t{d / kBlock} * kPageTokens + slot];
    const int8_t* keys = reinterpret_cast<const int8_t*>(page + q8_scales_bytes(dim));
    return std::fmaf(weight * scale, static_cast<float>(keys[size_t{d} * kPageTokens + slot]), sum);
  }
};

template <typename Page>
void attend_row(const AttentionArgs& args, uint32_t row, float* scores, float* acc) {
  const uint32_t dim = args.value_dim;
  const float* q = args.q[row];
  const uint8_t* head = args.pool + row / args.head_rows * args.head_bytes;
  const auto page_of = [&](uint32_t key) { return head + args.pages[key / kPageTokens] * args.page_bytes; };
  float sums[kRows] = {};
  float largest = 0;
  for (uint32_t d = 0; d < dim; ++d) acc[d] = 0;
  for (uint32_t start = 0; start < args.visible[row]; start += kAttentionSpan) {
    const uint32_t count = args.visible[row] - start < kAttentionSpan ? args.visible[row] - start : kAttentionSpan;
    float span_largest = -INFINITY;
    for (uint32_t j = 0; j < count; ++j) {
      const float s = Page::dot(q, page_of(start + j) + args.k_offset, j % kPageTokens, args.key_dim);
      scores[j] = s;
      if (s > span_largest) span_largest = s;
    }
    if (start == 0) {
      largest = span_largest;
    } else {
      const float renewed = span_largest > largest ? span_largest : largest;
      const float scale = exp_reference(largest - renewed);
      for (float& sum : sums) sum *= scale;
      for (uint32_t d = 0; d < dim; ++d) acc[d] *= scale;
      largest = renewed;
    }
    for (uint32_t j = 0; j < count; ++j) {
      scores[j] = exp_reference(scores[j] - largest);
      sums[j % kRows] += scores[j];
    }
    for (uint32_t d = 0; d < dim && args.values_in_keys; ++d) {
      float lanes[kRows] = {};
      for (uint32_t j = 0; j < count; ++j) {
        float& lane = lanes[j % kRows];
        lane = Page::add_key(scores[j], page_of(start + j) + args.k_offset, j % kPageTokens, args.key_dim, d, lane);
      }
      acc[d] += tree_sum(lanes);
    }
    for (uint32_t j = 0; j < count && !args.values_in_keys; ++j)
      Page::add(scores[j], page_of(start + j) + args.v_offset, j % kPageTokens, dim, acc);
  }
  const float total = tree_sum(sums);
  for (uint32_t d = 0; d < dim; ++d) args.out[row][d] = acc[d] / total;
}

template <typename Page>
void attend(const AttentionArgs& args) {
  for (uint32_t row = 0; row < args.rows; ++row)
    attend_row<Page>(args, row, args.scratch, args.scratch + kAttentionRows * kAttentionSpan);
}

}  // namespace

void attention(const AttentionArgs& args) { attend<PlainPage<uint16_t, half_to_float>>(args); }
void attention_f32(const AttentionArgs& args) { attend<PlainPage<float, identity>>(args); }
void attention_q8(const AttentionArgs& args) { attend<Q8Page>(args); }

}  // namespace lemma::scalar
