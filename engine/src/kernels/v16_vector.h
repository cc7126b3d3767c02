// Norm, activation, rotation and soft maximum over V16, sixteen floats in whatever registers the including file's set has. The
// including file defines LEMMA_SET as its namespace and V16 in it. Included by avx2_*.cpp and neon_*.cpp only; all functions have
// internal linkage.
#pragma once

#include "kernels/kernels.h"

namespace lemma::LEMMA_SET {
namespace {

void rms_norm(const float* x, const float* weight, float* y, uint32_t n, float epsilon) {
  V16 lanes = zero();
  for (uint32_t i = 0; i < n; i += kRows) {
    const V16 v = load_first(x + i, n - i, 0.0F);
    lanes = fma(v, v, lanes);
  }
  const float mean = tree_sum(lanes) / static_cast<float>(n);
  const V16 scale = set1(1.0F / square_root(mean + epsilon));
  for (uint32_t i = 0; i < n; i += kRows)
    store_first(y + i, n - i, mul(mul(load_first(x + i, n - i, 0.0F), scale), load_first(weight + i, n - i, 0.0F)));
}

void swiglu(const float* gate, const float* up, float* out, uint32_t n) {
  const V16 one = set1(1.0F);
  for (uint32_t i = 0; i < n; i += kRows) {
    const V16 g = load_first(gate + i, n - i, 0.0F);
    store_first(out + i, n - i, mul(div(g, add(one, exp(negate(g)))), load_first(up + i, n - i, 0.0F)));
  }
}

void sigmoid(const float* x, float* y, uint32_t n) {
  const V16 one = set1(1.0F);
  for (uint32_t i = 0; i < n; i += kRows) store_first(y + i, n - i, div(one, add(one, exp(negate(load_first(x + i, n - i, 0.0F))))));
}

void add(float* y, const float* x, uint32_t n) {
  for (uint32_t i = 0; i < n; i += kRows) store_first(y + i, n - i, add(load_first(y + i, n - i, 0.0F), load_first(x + i, n - i, 0.0F)));
}

void rope(float* x, const float* cosine, const float* sine, uint32_t half) {
  for (uint32_t i = 0; i < half; i += kRows) {
    const uint32_t n = half - i;
    const V16 a = load_first(x + i, n, 0.0F), b = load_first(x + half + i, n, 0.0F);
    const V16 c = load_first(cosine + i, n, 0.0F), s = load_first(sine + i, n, 0.0F);
    store_first(x + i, n, sub(mul(a, c), mul(b, s)));
    store_first(x + half + i, n, add(mul(a, s), mul(b, c)));
  }
}

void softmax(const float* x, uint32_t n, float scale, float* y, float* largest, float* sum) {
  V16 most = set1(-__builtin_inff());
  for (uint32_t i = 0; i < n; i += kRows) most = max(load_first(x + i, n - i, -__builtin_inff()), most);
  *largest = largest_of(most);
  const V16 shift = set1(*largest);
  V16 lanes = zero();
  for (uint32_t i = 0; i < n; i += kRows) {
    const V16 p = exp(mul(sub(load_first(x + i, n - i, 0.0F), shift), set1(scale)));
    if (y != nullptr) store_first(y + i, n - i, p);
    lanes = add(lanes, n - i < kRows ? keep_first(p, n - i) : p);
  }
  *sum = tree_sum(lanes);
}

}  // namespace
}  // namespace lemma::LEMMA_SET
