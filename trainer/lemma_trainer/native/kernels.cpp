// The element-wise passes and the attention of a decoder, fused, for CPU training. Called from ../native.py by ctypes.
// Each kernel has its formula in layers.py and is tested against it. T is how activations are stored: float or bf16;
// arithmetic is float. All widths are multiples of 16. One thread: ranks are processes.

#include <algorithm>
#include <cstdint>

#include "attention.h"
#include "vectors.h"

// Mirrors AttentionCall in __init__.py. Null gradients: forward.
struct AttentionCall {
  const void *q, *k, *v;
  int64_t q_stride, k_stride, v_stride, v_head, heads, groups;
  const int32_t* offsets;
  int64_t documents;
  void* out;
  float* lse;
  const void* dout;
  void *dq, *dk, *dv;
  int64_t dq_stride, dk_stride, dv_stride, dv_head;
  float scale;
};

namespace {

// total = x + delta (delta may be absent); normed = total / rms(total) * weight; rstd = 1 / rms. All [rows, width].
// `wide` (may be absent) gets normed as float.
template <class T>
void norm(const float* x, const T* delta, float* total, const float* weight, T* normed, float* wide, float* rstd, int64_t rows,
          int64_t width, float eps) {
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
    for (int64_t c = 0; c < width; c += 16) {
      const f32x16 value = load(total + c) * factor * load(weight + c);
      store(normed + c, value);
      if (wide) store(wide + n * width + c, value);
    }
  }
}

// grad (of the residual stream) += gradient through the norm; narrow = grad as T; dweight += its gradient.
// `dwide` (may be absent) is added to dnormed.
template <class T>
void norm_backward(const T* dnormed, const float* dwide, const float* x, const float* weight, const float* rstd, float* grad, T* narrow, float* dweight,
                   int64_t rows, int64_t width) {
  for (int64_t n = 0; n < rows; n++) {
    const float factor = rstd[n];
    f32x16 along = {};
    const auto upstream = [&](int64_t c) {
      const f32x16 up = load(dnormed + n * width + c);
      return dwide ? up + load(dwide + n * width + c) : up;
    };
    for (int64_t c = 0; c < width; c += 16) along += upstream(c) * load(weight + c) * load(x + n * width + c);
    const float pull = sum(along) * factor * factor / float(width);
    for (int64_t c = 0; c < width; c += 16) {
      const f32x16 up = upstream(c), value = load(x + n * width + c);
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

// RMSNorm of rows of T: y = x / rms(x) * weight, rows of `stride` apart in x, dense in y.
template <class T>
void norm_rows(const T* x, int64_t stride, const float* weight, T* y, int64_t rows, int64_t width, float eps) {
  for (int64_t n = 0; n < rows; n++, x += stride, y += width) {
    f32x16 squares = {};
    for (int64_t c = 0; c < width; c += 16) squares += load(x + c) * load(x + c);
    const float factor = 1.0f / std::sqrt(sum(squares) / float(width) + eps);
    for (int64_t c = 0; c < width; c += 16) store(y + c, load(x + c) * factor * load(weight + c));
  }
}

// Gradient of `norm_rows`: dx (strided as x) is written, dweight added to.
template <class T>
void norm_rows_backward(const T* x, int64_t stride, const float* weight, const T* dy, T* dx, int64_t dx_stride, float* dweight, int64_t rows,
                        int64_t width, float eps) {
  for (int64_t n = 0; n < rows; n++, x += stride, dy += width, dx += dx_stride) {
    f32x16 squares = {}, along = {};
    for (int64_t c = 0; c < width; c += 16) {
      squares += load(x + c) * load(x + c);
      along += load(dy + c) * load(weight + c) * load(x + c);
    }
    const float factor = 1.0f / std::sqrt(sum(squares) / float(width) + eps);
    const float pull = sum(along) * factor * factor / float(width);
    for (int64_t c = 0; c < width; c += 16) {
      const f32x16 up = load(dy + c), value = load(x + c);
      store(dweight + c, load(dweight + c) + up * value * factor);
      store(dx + c, (up * load(weight + c) - value * pull) * factor);
    }
  }
}

// Rotates pairs (2i, 2i + 1) of `pe` values by the token's angles: first parts to `y`, second parts behind them. y may be x.
template <class T>
void turn(const T* x, T* y, const float* c, const float* s, int64_t pe) {
  float a[256], b[256];
  for (int64_t i = 0; i < pe / 2; i++) {
    const float low = narrow_load(x + 2 * i), high = narrow_load(x + 2 * i + 1);
    a[i] = low * c[i] - high * s[i];
    b[i] = high * c[i] + low * s[i];
  }
  for (int64_t i = 0; i < pe / 2; i++) narrow_store(y + i, a[i]), narrow_store(y + pe / 2 + i, b[i]);
}

// The transpose of `turn`, from float.
template <class T>
void turn_back(const float* dy, T* dx, const float* c, const float* s, int64_t pe) {
  for (int64_t i = 0; i < pe / 2; i++) {
    const float a = dy[i], b = dy[pe / 2 + i];
    narrow_store(dx + 2 * i, a * c[i] + b * s[i]);
    narrow_store(dx + 2 * i + 1, b * c[i] - a * s[i]);
  }
}

// Latent attention: q [N, H * (nope + pe)] gets the last `pe` of each head rotated, in place.
template <class T>
void latent_queries(T* q, const float* cosine, const float* sine, const int64_t* positions, int64_t rows, int64_t heads, int64_t nope,
                    int64_t pe) {
  for (int64_t n = 0; n < rows; n++)
    for (int64_t h = 0; h < heads; h++) {
      T* at = q + (n * heads + h) * (nope + pe) + nope;
      turn(at, at, cosine + positions[n] * pe / 2, sine + positions[n] * pe / 2, pe);
    }
}

// Gradient of `latent_queries`, in place.
template <class T>
void latent_queries_backward(T* dq, const float* cosine, const float* sine, const int64_t* positions, int64_t rows, int64_t heads,
                             int64_t nope, int64_t pe) {
  float copy[512];
  for (int64_t n = 0; n < rows; n++)
    for (int64_t h = 0; h < heads; h++) {
      T* at = dq + (n * heads + h) * (nope + pe) + nope;
      for (int64_t i = 0; i < pe; i++) copy[i] = narrow_load(at + i);
      turn_back(copy, at, cosine + positions[n] * pe / 2, sine + positions[n] * pe / 2, pe);
    }
}

// Latent attention: k [N, H * (nope + pe)] from kv [N, H * (nope + value)] and the one rotated part of all heads, `k_pe` (strided).
template <class T>
void latent_keys(const T* kv, const T* k_pe, int64_t pe_stride, T* k, const float* cosine, const float* sine, const int64_t* positions,
                 int64_t rows, int64_t heads, int64_t nope, int64_t pe, int64_t value) {
  T turned[512];
  for (int64_t n = 0; n < rows; n++) {
    turn(k_pe + n * pe_stride, turned, cosine + positions[n] * pe / 2, sine + positions[n] * pe / 2, pe);
    for (int64_t h = 0; h < heads; h++) {
      T* to = k + (n * heads + h) * (nope + pe);
      std::copy_n(kv + (n * heads + h) * (nope + value), nope, to);
      std::copy_n(turned, pe, to + nope);
    }
  }
}

// Gradient of `latent_keys`: the first part of each head of dkv is written, and dk_pe (strided), the sum over the heads.
template <class T>
void latent_keys_backward(const T* dk, T* dkv, T* dk_pe, int64_t pe_stride, const float* cosine, const float* sine, const int64_t* positions,
                          int64_t rows, int64_t heads, int64_t nope, int64_t pe, int64_t value) {
  float total[512];
  for (int64_t n = 0; n < rows; n++) {
    std::fill_n(total, pe, 0.0f);
    for (int64_t h = 0; h < heads; h++) {
      const T* from = dk + (n * heads + h) * (nope + pe);
      std::copy_n(from, nope, dkv + (n * heads + h) * (nope + value));
      for (int64_t i = 0; i < pe; i++) total[i] += narrow_load(from + nope + i);
    }
    turn_back(total, dk_pe + n * pe_stride, cosine + positions[n] * pe / 2, sine + positions[n] * pe / 2, pe);
  }
}

// Experts: out[n] = also[n] + sum over k of weights[n, k] * y[slots[n, k]]. `also` and `weights` may be absent (nothing; ones).
template <class T>
void mix(const T* y, const int64_t* slots, const float* weights, const T* also, T* out, int64_t rows, int64_t count, int64_t width) {
  for (int64_t n = 0; n < rows; n++)
    for (int64_t c = 0; c < width; c += 16) {
      f32x16 total = also ? load(also + n * width + c) : splat(0.0f);
      for (int64_t k = 0; k < count; k++) {
        const f32x16 part = load(y + slots[n * count + k] * width + c);
        total += weights ? part * weights[n * count + k] : part;
      }
      store(out + n * width + c, total);
    }
}

// Gradient of `mix`: dy[slot] = weight * dout, dweight = dout . y[slot].
template <class T>
void mix_backward(const T* y, const int64_t* slots, const float* weights, const T* dout, T* dy, float* dweights, int64_t rows, int64_t count,
                  int64_t width) {
  for (int64_t n = 0; n < rows; n++)
    for (int64_t k = 0; k < count; k++) {
      const T* from = y + slots[n * count + k] * width;
      T* to = dy + slots[n * count + k] * width;
      f32x16 along = {};
      for (int64_t c = 0; c < width; c += 16) {
        const f32x16 up = load(dout + n * width + c);
        along += up * load(from + c);
        store(to + c, up * weights[n * count + k]);
      }
      dweights[n * count + k] = sum(along);
    }
}

// to[slots[n, k]] = from[n]: the rows of the experts' tokens.
template <class T>
void deal(const T* from, const int64_t* slots, T* to, int64_t rows, int64_t count, int64_t width) {
  for (int64_t n = 0; n < rows; n++)
    for (int64_t k = 0; k < count; k++) std::copy_n(from + n * width, width, to + slots[n * count + k] * width);
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

template <class T, int W, int E>
void attend(const AttentionCall& call) {
  static thread_local Attention<T, W, E> work;
  work.q = static_cast<const T*>(call.q), work.k = static_cast<const T*>(call.k), work.v = static_cast<const T*>(call.v);
  work.q_stride = call.q_stride, work.k_stride = call.k_stride, work.v_stride = call.v_stride, work.v_head = call.v_head;
  work.dq_stride = call.dq_stride, work.dk_stride = call.dk_stride, work.dv_stride = call.dv_stride, work.dv_head = call.dv_head;
  work.heads = call.heads, work.groups = call.groups, work.scale = call.scale;
  T* out = static_cast<T*>(call.out);
  if (call.dout)
    work.backward(call.offsets, call.documents, out, call.lse, static_cast<const T*>(call.dout), static_cast<T*>(call.dq),
                  static_cast<T*>(call.dk), static_cast<T*>(call.dv));
  else work.forward(call.offsets, call.documents, out, call.lse);
}

// The pairs of widths (keys, values) that are compiled. 1: this one is not.
template <class T>
int attend_any(int64_t key_width, int64_t value_width, const AttentionCall& call) {
  switch (key_width * 1000 + value_width) {
    case 32032: attend<T, 32, 32>(call); return 0;
    case 64032: attend<T, 64, 32>(call); return 0;
    case 64064: attend<T, 64, 64>(call); return 0;
    case 128128: attend<T, 128, 128>(call); return 0;
    default: return 1;
  }
}

}  // namespace

#define KERNELS(T, S)                                                                                                                       \
  extern "C" void norm_##S(const float* x, const T* delta, float* total, const float* weight, T* normed, float* wide, float* rstd,          \
                           int64_t rows, int64_t width, float eps) {                                                                        \
    norm<T>(x, delta, total, weight, normed, wide, rstd, rows, width, eps);                                                                 \
  }                                                                                                                                         \
  extern "C" void norm_backward_##S(const T* up, const float* wide, const float* x, const float* weight, const float* rstd, float* grad, T* narrow,            \
                                    float* dweight, int64_t rows, int64_t width) {                                                          \
    norm_backward<T>(up, wide, x, weight, rstd, grad, narrow, dweight, rows, width);                                                              \
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
  extern "C" int attend_##S(int64_t key_width, int64_t value_width, const AttentionCall* call) {                                            \
    return attend_any<T>(key_width, value_width, *call);                                                                                    \
  }

#define LATENT_KERNELS(T, S)                                                                                                                \
  extern "C" void norm_rows_##S(const T* x, int64_t xs, const float* w, T* y, int64_t rows, int64_t width, float eps) {                     \
    norm_rows<T>(x, xs, w, y, rows, width, eps);                                                                                            \
  }                                                                                                                                         \
  extern "C" void norm_rows_backward_##S(const T* x, int64_t xs, const float* w, const T* dy, T* dx, int64_t ds, float* dw, int64_t rows,   \
                                         int64_t width, float eps) {                                                                        \
    norm_rows_backward<T>(x, xs, w, dy, dx, ds, dw, rows, width, eps);                                                                      \
  }                                                                                                                                         \
  extern "C" void latent_queries_##S(T* q, const float* c, const float* s, const int64_t* at, int64_t rows, int64_t heads, int64_t nope,    \
                                     int64_t pe) {                                                                                          \
    latent_queries<T>(q, c, s, at, rows, heads, nope, pe);                                                                                  \
  }                                                                                                                                         \
  extern "C" void latent_queries_backward_##S(T* dq, const float* c, const float* s, const int64_t* at, int64_t rows, int64_t heads,        \
                                              int64_t nope, int64_t pe) {                                                                   \
    latent_queries_backward<T>(dq, c, s, at, rows, heads, nope, pe);                                                                        \
  }                                                                                                                                         \
  extern "C" void latent_keys_##S(const T* kv, const T* k_pe, int64_t ps, T* k, const float* c, const float* s, const int64_t* at,          \
                                  int64_t rows, int64_t heads, int64_t nope, int64_t pe, int64_t value) {                                   \
    latent_keys<T>(kv, k_pe, ps, k, c, s, at, rows, heads, nope, pe, value);                                                                \
  }                                                                                                                                         \
  extern "C" void latent_keys_backward_##S(const T* dk, T* dkv, T* dk_pe, int64_t ps, const float* c, const float* s, const int64_t* at,    \
                                           int64_t rows, int64_t heads, int64_t nope, int64_t pe, int64_t value) {                          \
    latent_keys_backward<T>(dk, dkv, dk_pe, ps, c, s, at, rows, heads, nope, pe, value);                                                    \
  }                                                                                                                                         \
  extern "C" void mix_##S(const T* y, const int64_t* slots, const float* w, const T* also, T* out, int64_t rows, int64_t count,             \
                          int64_t width) {                                                                                                  \
    mix<T>(y, slots, w, also, out, rows, count, width);                                                                                     \
  }                                                                                                                                         \
  extern "C" void mix_backward_##S(const T* y, const int64_t* slots, const float* w, const T* dout, T* dy, float* dw, int64_t rows,         \
                                   int64_t count, int64_t width) {                                                                          \
    mix_backward<T>(y, slots, w, dout, dy, dw, rows, count, width);                                                                         \
  }                                                                                                                                         \
  extern "C" void deal_##S(const T* from, const int64_t* slots, T* to, int64_t rows, int64_t count, int64_t width) {                        \
    deal<T>(from, slots, to, rows, count, width);                                                                                           \
  }

KERNELS(float, f32)
KERNELS(bf16, bf16)
LATENT_KERNELS(float, f32)
LATENT_KERNELS(bf16, bf16)

extern "C" void scatter_add_f32(const float* from, const int64_t* rows_of, float* to, int64_t rows, int64_t width) {
  scatter_add(from, rows_of, to, rows, width);
}
