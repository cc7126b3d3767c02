// Causal attention inside documents, forward and backward, with float arithmetic on operands stored as T.
//
// Tokens lie flat; document i is [offsets[i], offsets[i+1]). Row n of q starts at q + n * q_stride and holds H heads of
// W values, k holds G heads of W and v G heads of E values; H / G query heads share one key/value head. Heads of v lie `v_head`
// apart, those of its gradient `dv_head`. out is [N, H * E], lse is [N, H]: the log of the sum of exponentials of each query's
// scaled scores, from which the backward pass makes the weights again.
// Eight query rows are worked on together; keys are transposed once a document so that scores are sixteen keys wide.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "vectors.h"

template <class T, int W, int E>
class Attention {
  static constexpr int Q = 8;  // query rows a block

 public:
  int64_t q_stride, k_stride, v_stride, v_head, heads, groups;
  int64_t dq_stride, dk_stride, dv_stride, dv_head;
  const T *q, *k, *v;
  float scale;

  void forward(const int32_t* offsets, int64_t documents, T* out, float* lse) {
    for (int64_t i = 0; i < documents; i++) {
      start = offsets[i];
      length = offsets[i + 1] - offsets[i];
      for (group = 0; group < groups; group++) {
        load_keys(false);
        for (int64_t h = 0; h < heads / groups; h++) {
          const int64_t head = group * (heads / groups) + h;
          for (int64_t row = 0; row < length; row += Q) forward_block(head, row, out, lse);
        }
      }
    }
  }

  // dq, dk, dv hold the heads of q, k, v in rows of their own strides. They are written, not added to.
  void backward(const int32_t* offsets, int64_t documents, const T* out, const float* lse, const T* dout, T* dq, T* dk, T* dv) {
    for (int64_t i = 0; i < documents; i++) {
      start = offsets[i];
      length = offsets[i + 1] - offsets[i];
      for (group = 0; group < groups; group++) {
        load_keys(true);
        grad_keys.assign(padded * W, 0.0f);
        grad_values.assign(padded * E, 0.0f);
        for (int64_t h = 0; h < heads / groups; h++) {
          const int64_t head = group * (heads / groups) + h;
          for (int64_t row = 0; row < length; row += Q) backward_block(head, row, out, lse, dout, dq);
        }
        for (int64_t j = 0; j < length; j++) {
          for (int c = 0; c < W; c += 16) store(dk + (start + j) * dk_stride + group * W + c, load(&grad_keys[j * W + c]));
          for (int c = 0; c < E; c += 16) store(dv + (start + j) * dv_stride + group * dv_head + c, load(&grad_values[j * E + c]));
        }
      }
    }
  }

 private:
  int64_t start = 0, length = 0, padded = 0, group = 0;
  std::vector<float> keys, values, keys_t, values_t, grad_keys, grad_values, scores, grads;

  void load_keys(bool backwards) {
    padded = (length + 31) / 32 * 32;
    keys.assign(padded * W, 0.0f);
    values.assign(padded * E, 0.0f);
    keys_t.resize(padded * W);
    scores.resize(Q * padded);
    for (int64_t j = 0; j < length; j++) {
      for (int c = 0; c < W; c += 16) store(&keys[j * W + c], load(k + (start + j) * k_stride + group * W + c));
      for (int c = 0; c < E; c += 16) store(&values[j * E + c], load(v + (start + j) * v_stride + group * v_head + c));
    }
    transpose<W>(keys, keys_t);
    if (backwards) {
      values_t.resize(padded * E);
      grads.resize(Q * padded);
      transpose<E>(values, values_t);
    }
  }

  template <int D>
  void transpose(const std::vector<float>& from, std::vector<float>& to) const {
    for (int64_t j = 0; j < padded; j += 16)
      for (int d = 0; d < D; d++) {
        float* row = &to[d * padded + j];
        for (int64_t i = 0; i < 16; i++) row[i] = from[(j + i) * D + d];
      }
  }

  // rows[r][*] = scale * source row `row + r` of this head; rows past the end are zero.
  template <int D>
  void load_rows(const T* source, int64_t stride, int64_t head, int64_t row, float factor, float (&rows)[Q][D]) const {
    for (int r = 0; r < Q; r++)
      for (int c = 0; c < D; c += 16) {
        const bool inside = row + r < length;
        const f32x16 x = inside ? load(source + (start + row + r) * stride + head * D + c) : splat(0.0f);
        store(&rows[r][c], x * factor);
      }
  }

  // to[r][j] = rows[r] . column j of the transposed matrix, for j < limit (a multiple of 32).
  template <int D>
  void dot(const float (&rows)[Q][D], const float* transposed, int64_t limit, float* to) const {
    for (int64_t j = 0; j < limit; j += 32) {
      f32x16 a[Q] = {}, b[Q] = {};
      for (int d = 0; d < D; d++) {
        const f32x16 x = load(transposed + d * padded + j), y = load(transposed + d * padded + j + 16);
#pragma GCC unroll 8
        for (int r = 0; r < Q; r++) {
          const f32x16 factor = splat(rows[r][d]);
          a[r] += factor * x;
          b[r] += factor * y;
        }
      }
#pragma GCC unroll 8
      for (int r = 0; r < Q; r++) {
        store(to + r * padded + j, a[r]);
        store(to + r * padded + j + 16, b[r]);
      }
    }
  }

  // to[r] = sum over j < limit of weights[r][j] * matrix row j.
  template <int D>
  void combine(const float* weights, const float* matrix, int64_t limit, float (&to)[Q][D]) const {
    constexpr int V = D / 16;  // vectors a row; taken two at a time
    for (int c = 0; c < V; c += (V > 1 ? 2 : 1)) {
      f32x16 a[Q] = {}, b[Q] = {};
      for (int64_t j = 0; j < limit; j++) {
        const f32x16 x = load(matrix + j * D + c * 16), y = V > 1 ? load(matrix + j * D + c * 16 + 16) : x;
#pragma GCC unroll 8
        for (int r = 0; r < Q; r++) {
          const f32x16 factor = splat(weights[r * padded + j]);
          a[r] += factor * x;
          if (V > 1) b[r] += factor * y;
        }
      }
#pragma GCC unroll 8
      for (int r = 0; r < Q; r++) {
        store(&to[r][c * 16], a[r]);
        if (V > 1) store(&to[r][c * 16 + 16], b[r]);
      }
    }
  }

  // matrix row j += sum over r of weights[r][j] * rows[r], for j < limit.
  template <int D>
  void spread(const float* weights, const float (&rows)[Q][D], int64_t limit, float* matrix) const {
    constexpr int V = D / 16;
    for (int c = 0; c < V; c += (V > 1 ? 2 : 1)) {
      f32x16 a[Q], b[Q];
#pragma GCC unroll 8
      for (int r = 0; r < Q; r++) {
        a[r] = load(&rows[r][c * 16]);
        b[r] = V > 1 ? load(&rows[r][c * 16 + 16]) : a[r];
      }
      for (int64_t j = 0; j < limit; j++) {
        f32x16 x = load(matrix + j * D + c * 16), y = V > 1 ? load(matrix + j * D + c * 16 + 16) : x;
#pragma GCC unroll 8
        for (int r = 0; r < Q; r++) {
          const f32x16 factor = splat(weights[r * padded + j]);
          x += factor * a[r];
          if (V > 1) y += factor * b[r];
        }
        store(matrix + j * D + c * 16, x);
        if (V > 1) store(matrix + j * D + c * 16 + 16, y);
      }
    }
  }

  void forward_block(int64_t head, int64_t row, T* out, float* lse) {
    float queries[Q][W], result[Q][E];
    const int64_t limit = std::min(length, row + Q), wide = (limit + 31) / 32 * 32;
    load_rows(q, q_stride, head, row, scale, queries);
    dot(queries, keys_t.data(), wide, scores.data());
    float inverse[Q];
    for (int r = 0; r < Q; r++) {
      float* line = &scores[r * padded];
      for (int64_t j = row + r + 1; j < wide; j++) line[j] = -INFINITY;
      f32x16 top = load(line);
      for (int64_t j = 16; j < wide; j += 16) top = max(top, load(line + j));
      const float peak = max(top);
      f32x16 total = {};
      for (int64_t j = 0; j < wide; j += 16) {
        const f32x16 e = exp(load(line + j) - peak);
        total += e;
        store(line + j, e);
      }
      const float mass = sum(total);
      inverse[r] = 1.0f / mass;
      if (row + r < length) lse[(start + row + r) * heads + head] = peak + std::log(mass);
    }
    combine(scores.data(), values.data(), limit, result);
    for (int r = 0; r < Q && row + r < length; r++)
      for (int c = 0; c < E; c += 16) store(out + (start + row + r) * heads * E + head * E + c, load(&result[r][c]) * inverse[r]);
  }

  void backward_block(int64_t head, int64_t row, const T* out, const float* lse, const T* dout, T* dq) {
    float queries[Q][W], upstream[Q][E], result[Q][W];
    const int64_t limit = std::min(length, row + Q), wide = (limit + 31) / 32 * 32;
    load_rows(q, q_stride, head, row, scale, queries);
    load_rows(dout, heads * E, head, row, 1.0f, upstream);
    dot(queries, keys_t.data(), wide, scores.data());
    dot(upstream, values_t.data(), wide, grads.data());
    for (int r = 0; r < Q; r++) {
      float *line = &scores[r * padded], *grad = &grads[r * padded];
      if (row + r >= length) {
        std::fill(line, line + wide, 0.0f);
        std::fill(grad, grad + wide, 0.0f);
        continue;
      }
      for (int64_t j = row + r + 1; j < wide; j++) line[j] = -INFINITY;
      f32x16 along = {};
      for (int c = 0; c < E; c += 16) along += load(&upstream[r][c]) * load(out + (start + row + r) * heads * E + head * E + c);
      const float delta = sum(along), peak = lse[(start + row + r) * heads + head];
      for (int64_t j = 0; j < wide; j += 16) {
        const f32x16 p = exp(load(line + j) - peak);
        store(line + j, p);
        store(grad + j, p * (load(grad + j) - delta));
      }
    }
    combine(grads.data(), keys.data(), limit, result);
    for (int r = 0; r < Q && row + r < length; r++)
      for (int c = 0; c < W; c += 16) store(dq + (start + row + r) * dq_stride + head * W + c, load(&result[r][c]) * scale);
    spread(grads.data(), queries, limit, grad_keys.data());
    spread(scores.data(), upstream, limit, grad_values.data());
  }
};
