// Norm, activation, rotation, quantisation and soft maximum with AVX-512, and the tables of this kernel set and of those that
// build on it.

#if defined(__x86_64__)

#include "kernels/avx512_math.h"

namespace lemma {
namespace avx512 {
namespace {

inline __mmask16 mask_at(uint32_t i, uint32_t n) {
  return n - i < kRows ? tail_mask(n - i) : static_cast<__mmask16>(0xFFFF);
}

void quantise(const float* x, uint32_t blocks, uint8_t* tile, uint32_t columns, uint32_t column) {
  const __m512 low = _mm512_set1_ps(-127.0F), high = _mm512_set1_ps(127.0F);
  tile += size_t{column} * kTileBlock;
  for (uint32_t b = 0; b < blocks; ++b, x += kBlock, tile += size_t{columns} * kTileBlock) {
    const __m512 part[2] = {_mm512_loadu_ps(x), _mm512_loadu_ps(x + kRows)};
    __m512 most = _mm512_max_ps(_mm512_abs_ps(part[0]), _mm512_setzero_ps());
    most = _mm512_max_ps(_mm512_abs_ps(part[1]), most);
    const float largest = _mm512_reduce_max_ps(most);
    const __m512 inverse = _mm512_set1_ps(largest > 0 ? 127.0F / largest : 0.0F);
    const float scale = largest / 127.0F;
    __m512i sum[2];
    for (uint32_t i = 0; i < 2; ++i) {
      const __m512 scaled = _mm512_min_ps(_mm512_max_ps(_mm512_mul_ps(part[i], inverse), low), high);
      const __m512i q = _mm512_cvtps_epi32(scaled);
      sum[i] = q;
      _mm_storeu_si128(reinterpret_cast<__m128i*>(tile + i * kRows), _mm512_cvtepi32_epi8(q));
    }
    const int32_t correction = -128 * _mm512_reduce_add_epi32(_mm512_add_epi32(sum[0], sum[1]));
    const int32_t first_half = -128 * _mm512_reduce_add_epi32(sum[0]);
    __builtin_memcpy(tile + kTileScale, &scale, 4);
    __builtin_memcpy(tile + kTileCorrection, &correction, 4);
    __builtin_memcpy(tile + kTileFirstHalf, &first_half, 4);
  }
}

void rms_norm(const float* x, const float* weight, float* y, uint32_t n, float epsilon) {
  __m512 lanes = _mm512_setzero_ps();
  for (uint32_t i = 0; i < n; i += kRows) {
    const __m512 v = _mm512_maskz_loadu_ps(mask_at(i, n), x + i);
    lanes = _mm512_fmadd_ps(v, v, lanes);
  }
  const float mean = tree_sum(lanes) / static_cast<float>(n);
  const float root = _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(mean + epsilon)));
  const __m512 scale = _mm512_set1_ps(1.0F / root);
  for (uint32_t i = 0; i < n; i += kRows) {
    const __mmask16 mask = mask_at(i, n);
    const __m512 scaled = _mm512_mul_ps(_mm512_maskz_loadu_ps(mask, x + i), scale);
    _mm512_mask_storeu_ps(y + i, mask, _mm512_mul_ps(scaled, _mm512_maskz_loadu_ps(mask, weight + i)));
  }
}

void swiglu(const float* gate, const float* up, float* out, uint32_t n) {
  const __m512 one = _mm512_set1_ps(1.0F), sign = _mm512_set1_ps(-0.0F);
  for (uint32_t i = 0; i < n; i += kRows) {
    const __mmask16 mask = mask_at(i, n);
    const __m512 g = _mm512_maskz_loadu_ps(mask, gate + i);
    const __m512 silu = _mm512_div_ps(g, _mm512_add_ps(one, exp(_mm512_xor_ps(g, sign))));
    _mm512_mask_storeu_ps(out + i, mask, _mm512_mul_ps(silu, _mm512_maskz_loadu_ps(mask, up + i)));
  }
}

void sigmoid(const float* x, float* y, uint32_t n) {
  const __m512 one = _mm512_set1_ps(1.0F), sign = _mm512_set1_ps(-0.0F);
  for (uint32_t i = 0; i < n; i += kRows) {
    const __mmask16 mask = mask_at(i, n);
    const __m512 v = _mm512_maskz_loadu_ps(mask, x + i);
    _mm512_mask_storeu_ps(y + i, mask, _mm512_div_ps(one, _mm512_add_ps(one, exp(_mm512_xor_ps(v, sign)))));
  }
}

void add(float* y, const float* x, uint32_t n) {
  for (uint32_t i = 0; i < n; i += kRows) {
    const __mmask16 mask = mask_at(i, n);
    _mm512_mask_storeu_ps(y + i, mask, _mm512_add_ps(_mm512_maskz_loadu_ps(mask, y + i), _mm512_maskz_loadu_ps(mask, x + i)));
  }
}

void rope(float* x, const float* cosine, const float* sine, uint32_t half) {
  for (uint32_t i = 0; i < half; i += kRows) {
    const __mmask16 mask = mask_at(i, half);
    const __m512 a = _mm512_maskz_loadu_ps(mask, x + i), b = _mm512_maskz_loadu_ps(mask, x + half + i);
    const __m512 c = _mm512_maskz_loadu_ps(mask, cosine + i), s = _mm512_maskz_loadu_ps(mask, sine + i);
    _mm512_mask_storeu_ps(x + i, mask, _mm512_sub_ps(_mm512_mul_ps(a, c), _mm512_mul_ps(b, s)));
    _mm512_mask_storeu_ps(x + half + i, mask, _mm512_add_ps(_mm512_mul_ps(a, s), _mm512_mul_ps(b, c)));
  }
}

void to_half(const float* x, uint16_t* y, uint32_t n) {
  const __m512 low = _mm512_set1_ps(-65504.0F), high = _mm512_set1_ps(65504.0F);
  for (uint32_t i = 0; i < n; i += kRows) {
    const __mmask16 mask = mask_at(i, n);
    const __m512 v = _mm512_min_ps(_mm512_max_ps(_mm512_maskz_loadu_ps(mask, x + i), low), high);
    _mm256_mask_storeu_epi16(y + i, mask, _mm512_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
  }
}

void softmax(const float* x, uint32_t n, float scale, float* y, float* largest, float* sum) {
  __m512 most = _mm512_set1_ps(-__builtin_inff());
  for (uint32_t i = 0; i < n; i += kRows) {
    const __mmask16 mask = mask_at(i, n);
    most = _mm512_mask_max_ps(most, mask, _mm512_maskz_loadu_ps(mask, x + i), most);
  }
  *largest = _mm512_reduce_max_ps(most);
  const __m512 shift = _mm512_set1_ps(*largest);
  __m512 lanes = _mm512_setzero_ps();
  for (uint32_t i = 0; i < n; i += kRows) {
    const __mmask16 mask = mask_at(i, n);
    const __m512 p = exp(_mm512_mul_ps(_mm512_sub_ps(_mm512_maskz_loadu_ps(mask, x + i), shift), _mm512_set1_ps(scale)));
    if (y != nullptr) _mm512_mask_storeu_ps(y + i, mask, p);
    lanes = _mm512_mask_add_ps(lanes, mask, lanes, p);
  }
  *sum = tree_sum(lanes);
}

}  // namespace
}  // namespace avx512

#if defined(LEMMA_AVX512BF16)
namespace avx512bf16 {
void matmul_bf16(const MatmulArgs& args);
}
#endif
#if defined(LEMMA_AMX)
namespace amx {
void matmul_q8_0(const MatmulArgs& args);
void matmul_q4_0(const MatmulArgs& args);
void matmul_q4_k(const MatmulArgs& args);
void matmul_q5_k(const MatmulArgs& args);
void matmul_q6_k(const MatmulArgs& args);
}  // namespace amx
#endif

namespace {

constexpr KernelTable kBase = {
    .name = "avx512",
    .matmul_f32 = avx512::matmul_f32,
    .matmul_f16 = avx512::matmul_f16,
    .matmul_bf16 = avx512::matmul_bf16,
    .matmul_q8_0 = avx512::matmul_q8_0,
    .matmul_q4_0 = avx512::matmul_q4_0,
    .matmul_q4_k = avx512::matmul_q4_k,
    .matmul_q5_k = avx512::matmul_q5_k,
    .matmul_q6_k = avx512::matmul_q6_k,
    .attention = avx512::attention,
    .attention_f32 = avx512::attention_f32,
    .attention_q8 = avx512::attention_q8,
    .quantise = avx512::quantise,
    .rms_norm = avx512::rms_norm,
    .swiglu = avx512::swiglu,
    .sigmoid = avx512::sigmoid,
    .add = avx512::add,
    .rope = avx512::rope,
    .to_half = avx512::to_half,
    .softmax = avx512::softmax,
};

#if defined(LEMMA_AVX512BF16)
constexpr KernelTable with_bf16(KernelTable table) {
  table.name = "avx512bf16";
  table.matmul_bf16 = avx512bf16::matmul_bf16;
  return table;
}
#endif

#if defined(LEMMA_AMX)
constexpr KernelTable with_tiles(KernelTable table) {
  table.name = "amx";
  table.matmul_q8_0 = amx::matmul_q8_0;
  table.matmul_q4_0 = amx::matmul_q4_0;
  table.matmul_q4_k = amx::matmul_q4_k;
  table.matmul_q5_k = amx::matmul_q5_k;
  table.matmul_q6_k = amx::matmul_q6_k;
  return table;
}
#endif

}  // namespace

constinit const KernelTable kAvx512Kernels = kBase;
#if defined(LEMMA_AVX512BF16)
constinit const KernelTable kAvx512Bf16Kernels = with_bf16(kBase);
#if defined(LEMMA_AMX)
constinit const KernelTable kAmxKernels = with_tiles(with_bf16(kBase));
#endif
#endif

}  // namespace lemma

#endif
