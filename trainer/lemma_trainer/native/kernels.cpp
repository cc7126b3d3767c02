// The element-wise passes and the attention of a decoder, fused, for CPU training. Called from ../native.py by ctypes.
// Each kernel has its formula in layers.py and is tested against it. T is how activations are stored: float or bf16;
// arithmetic is float. All widths are multiples of 16. One thread: ranks are processes.

#include <cstdint>

#include "attention.h"
#include "vectors.h"

namespace {

// total = x + delta (delta may be absent); normed = total / rms(total) * weight; rstd = 1 / rms. All [rows, width].
template <class T>
void norm(const float* x, const T* delta, float* total, const float* weight, T* normed, float* rstd, int64_t rows, int64_t width, float eps) {
  for (int64_t n = 0; n < rows; n++, x += width, total += width, normed += width) {
    f32x16 squares = {};
    for (int64_t c = 0; c < width; c += 16) {
      f32x16 value = load(x + c);
      if (delta) value += load(delta + n * width + c);
      store(total + c, value);
      squares += value * value;
    }
    const float factor = 1.0f / std::sqrt(sum(squares) / float(width) + eps);
    rstd[n] = factor;
    for (int64_t c = 0; c < width; c += 16) store(normed + c, load(total + c) * factor * load(weight + c));
  }
}

// grad (of the residual stream) += gradient through the norm; narrow = grad as T; dweight += its gradient.
template <class T>
void norm_backward(const T* dnormed, const float* x, const float* weight, const float* rstd, float* grad, T* narrow, float* dweight,
                   int64_t rows, int64_t width) {
  for (int64_t n = 0; n < rows; n++) {
    const float factor = rstd[n];
    f32x16 along = {};
    for (int64_t c = 0; c < width; c += 16) along += load(dnormed + n * width + c) * load(weight + c) * load(x + n * width + c);
    const float pull = sum(along) * factor * factor / float(width);
    for (int64_t c = 0; c < width; c += 16) {
      const f32x16 up = load(dnormed + n * width + c), value = load(x + n * width + c);
      store(dweight + c, load(dweight + c) + up * value * factor);
      const f32x16 total = load(grad + n * width + c) + (up * load(weight + c) - value * pull) * factor;
      store(grad + n * width + c, total);
      store(narrow + n * width + c, total);
    }
  }
}

// Per head: RMSNorm with `weight`, then rotation of pairs (i, i + W/2) by the token's position. `heads` heads a row.
template <class T>
void rotate(const T* from, int64_t from_stride, T* to, int64_t to_stride, const float* weight, const float* cosine, const float* sine,
            const int64_t* positions, int64_t rows, int64_t heads, int64_t width, float eps) {
  const int64_t half = width / 2;
  for (int64_t n = 0; n < rows; n++) {
    const float *c = cosine + positions[n] * half, *s = sine + positions[n] * half;
    for (int64_t h = 0; h < heads; h++) {
      const T* x = from + n * from_stride + h * width;
      T* y = to + n * to_stride + h * width;
      f32x16 squares = {};
      for (int64_t i = 0; i < width; i += 16) squares += load(x + i) * load(x + i);
      const float factor = 1.0f / std::sqrt(sum(squares) / float(width) + eps);
      for (int64_t i = 0; i < half; i += 16) {
        const f32x16 low = load(x + i) * factor * load(weight + i), high = load(x + half + i) * factor * load(weight + half + i);
        store(y + i, low * load(c + i) - high * load(s + i));
        store(y + half + i, high * load(c + i) + low * load(s + i));
      }
    }
  }
}

// Gradient of `rotate`, in place: `grad` (strided as `from`) enters as the gradient of the output.
template <class T>
void rotate_backward(const T* from, T* grad, int64_t stride, const float* weight, float* dweight, const float* cosine, const float* sine,
                     const int64_t* positions, int64_t rows, int64_t heads, int64_t width, float eps) {
  const int64_t half = width / 2;
  for (int64_t n = 0; n < rows; n++) {
    const float *c = cosine + positions[n] * half, *s = sine + positions[n] * half;
    for (int64_t h = 0; h < heads; h++) {
      const T* x = from + n * stride + h * width;
      T* g = grad + n * stride + h * width;
      f32x16 squares = {}, along = {};
      float turned[256];
      for (int64_t i = 0; i < half; i += 16) {
        const f32x16 a = load(g + i), b = load(g + half + i), co = load(c + i), si = load(s + i);
        const f32x16 low = a * co + b * si, high = b * co - a * si;  // the rotation, undone
        const f32x16 xl = load(x + i), xh = load(x + half + i);
        store(turned + i, low);
        store(turned + half + i, high);
        squares += xl * xl + xh * xh;
        along += low * load(weight + i) * xl + high * load(weight + half + i) * xh;
      }
      const float factor = 1.0f / std::sqrt(sum(squares) / float(width) + eps);
      const float pull = sum(along) * factor * factor / float(width);
      for (int64_t i = 0; i < width; i += 16) {
        const f32x16 up = load(turned + i), value = load(x + i);
        store(dweight + i, load(dweight + i) + up * value * factor);
        store(g + i, (up * load(weight + i) - value * pull) * factor);
      }
    }
  }
}

// 1 / (1 + e^-x), kept clear of overflow.
f32x16 sigmoid(f32x16 x) {
  const f32x16 limit = splat(80.0f), negated = -x > limit ? limit : -x;
  return 1.0f / (exp(negated) + 1.0f);
}

// out = silu(gate) * up, gate and up side by side in rows of 2 * width.
template <class T>
void swiglu(const T* gate_up, T* out, int64_t rows, int64_t width) {
  for (int64_t n = 0; n < rows; n++, gate_up += 2 * width, out += width)
    for (int64_t c = 0; c < width; c += 16) {
      const f32x16 gate = load(gate_up + c);
      store(out + c, gate * sigmoid(gate) * load(gate_up + width + c));
    }
}

// gate_up is overwritten by its gradient.
template <class T>
void swiglu_backward(T* gate_up, const T* dout, int64_t rows, int64_t width) {
  for (int64_t n = 0; n < rows; n++, gate_up += 2 * width, dout += width)
    for (int64_t c = 0; c < width; c += 16) {
      const f32x16 gate = load(gate_up + c), up = load(gate_up + width + c), grad = load(dout + c);
      const f32x16 open = sigmoid(gate);
      store(gate_up + width + c, grad * gate * open);
      store(gate_up + c, grad * up * open * (1.0f + gate * (1.0f - open)));
    }
}

// Returns sum of weight * -log softmax(logits)[target]; logits are overwritten by the gradient times `scale`.
template <class T>
double cross_entropy(T* logits, const int64_t* targets, const float* weights, int64_t rows, int64_t width, float scale) {
  double loss = 0;
  for (int64_t n = 0; n < rows; n++, logits += width) {
    f32x16 top = load(logits);
    for (int64_t c = 16; c < width; c += 16) top = max(top, load(logits + c));
    const float peak = max(top);
    f32x16 total = {};
    for (int64_t c = 0; c < width; c += 16) total += exp(load(logits + c) - peak);
    const float mass = sum(total);
    float chosen[16];
    const int64_t target = targets[n];
    store(chosen, load(logits + target / 16 * 16));
    loss += double(weights[n]) * (double(peak) + std::log(double(mass)) - double(chosen[target % 16]));
    const float factor = weights[n] * scale;
    float corrected[16];
    for (int64_t c = 0; c < width; c += 16) {
      f32x16 grad = exp(load(logits + c) - peak) * (factor / mass);
      if (target / 16 * 16 == c) {
        store(corrected, grad);
        corrected[target % 16] -= factor;
        grad = load(corrected);
      }
      store(logits + c, grad);
    }
  }
  return loss;
}

// to[rows_of[n]] += from[n].
void scatter_add(const float* from, const int64_t* rows_of, float* to, int64_t rows, int64_t width) {
  for (int64_t n = 0; n < rows; n++)
    for (int64_t c = 0; c < width; c += 16)
      store(to + rows_of[n] * width + c, load(to + rows_of[n] * width + c) + load(from + n * width + c));
}

// total += part, where part is a weight gradient as the matrix product left it.
template <class T>
void accumulate(const T* part, float* total, int64_t size) {
  int64_t i = 0;
  for (; i + 16 <= size; i += 16) store(total + i, load(total + i) + load(part + i));
}

template <class T, int W>
void attend(const T* q, const T* k, const T* v, int64_t qs, int64_t ks, int64_t vs, int64_t heads, int64_t groups, const int32_t* offsets,
            int64_t documents, T* out, float* lse, const T* dout, T* dq, T* dk, T* dv, int64_t ds) {
  static thread_local Attention<T, W> work;
  work.q = q, work.k = k, work.v = v, work.q_stride = qs, work.k_stride = ks, work.v_stride = vs, work.grad_stride = ds;
  work.heads = heads, work.groups = groups, work.scale = 1.0f / std::sqrt(float(W));
  if (dout) work.backward(offsets, documents, out, lse, dout, dq, dk, dv);
  else work.forward(offsets, documents, out, lse);
}

}  // namespace

#define KERNELS(T, S)                                                                                                                       \
  extern "C" void norm_##S(const float* x, const T* delta, float* total, const float* weight, T* normed, float* rstd, int64_t rows,         \
                           int64_t width, float eps) {                                                                                      \
    norm<T>(x, delta, total, weight, normed, rstd, rows, width, eps);                                                                       \
  }                                                                                                                                         \
  extern "C" void norm_backward_##S(const T* up, const float* x, const float* weight, const float* rstd, float* grad, T* narrow,            \
                                    float* dweight, int64_t rows, int64_t width) {                                                          \
    norm_backward<T>(up, x, weight, rstd, grad, narrow, dweight, rows, width);                                                              \
  }                                                                                                                                         \
  extern "C" void rotate_##S(const T* from, int64_t fs, T* to, int64_t ts, const float* weight, const float* c, const float* s,             \
                             const int64_t* positions, int64_t rows, int64_t heads, int64_t width, float eps) {                             \
    rotate<T>(from, fs, to, ts, weight, c, s, positions, rows, heads, width, eps);                                                          \
  }                                                                                                                                         \
  extern "C" void rotate_backward_##S(const T* from, T* grad, int64_t stride, const float* weight, float* dweight, const float* c,          \
                                      const float* s, const int64_t* positions, int64_t rows, int64_t heads, int64_t width, float eps) {    \
    rotate_backward<T>(from, grad, stride, weight, dweight, c, s, positions, rows, heads, width, eps);                                      \
  }                                                                                                                                         \
  extern "C" void swiglu_##S(const T* gate_up, T* out, int64_t rows, int64_t width) { swiglu<T>(gate_up, out, rows, width); }               \
  extern "C" void swiglu_backward_##S(T* gate_up, const T* dout, int64_t rows, int64_t width) {                                             \
    swiglu_backward<T>(gate_up, dout, rows, width);                                                                                         \
  }                                                                                                                                         \
  extern "C" double cross_entropy_##S(T* logits, const int64_t* targets, const float* weights, int64_t rows, int64_t width, float scale) {  \
    return cross_entropy<T>(logits, targets, weights, rows, width, scale);                                                                  \
  }                                                                                                                                         \
  extern "C" void accumulate_##S(const T* part, float* total, int64_t size) { accumulate<T>(part, total, size); }                           \
  extern "C" int attend_##S(int64_t head_width, const T* q, const T* k, const T* v, int64_t qs, int64_t ks, int64_t vs, int64_t heads,      \
                            int64_t groups, const int32_t* offsets, int64_t documents, T* out, float* lse, const T* dout, T* dq, T* dk,     \
                            T* dv, int64_t ds) {                                                                                        \
    switch (head_width) {                                                                                                                   \
      case 32: attend<T, 32>(q, k, v, qs, ks, vs, heads, groups, offsets, documents, out, lse, dout, dq, dk, dv, ds); return 0;                 \
      case 64: attend<T, 64>(q, k, v, qs, ks, vs, heads, groups, offsets, documents, out, lse, dout, dq, dk, dv, ds); return 0;                 \
      case 128: attend<T, 128>(q, k, v, qs, ks, vs, heads, groups, offsets, documents, out, lse, dout, dq, dk, dv, ds); return 0;               \
      default: return 1;                                                                                                                    \
    }                                                                                                                                       \
  }

KERNELS(float, f32)
KERNELS(bf16, bf16)

extern "C" void scatter_add_f32(const float* from, const int64_t* rows_of, float* to, int64_t rows, int64_t width) {
  scatter_add(from, rows_of, to, rows, width);
}
