// Quantisation and conversion with AVX2, and the tables of this kernel set and AVX-VNNI's.

#if defined(__x86_64__)

#include "kernels/avx2_math.h"
#include "kernels/v16_vector.h"

namespace lemma {
namespace avx2 {
namespace {

inline int32_t sum_of(__m256i lanes) {
  const __m128i four = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
  const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
  return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xB1)));
}

void quantise(const float* x, uint32_t blocks, uint8_t* tile, uint32_t columns, uint32_t column) {
  const __m256 low = _mm256_set1_ps(-127.0F), high = _mm256_set1_ps(127.0F);
  const __m256 magnitude = _mm256_castsi256_ps(_mm256_set1_epi32(0x7FFFFFFF));
  const __m256i by_rank = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  tile += size_t{column} * kTileBlock;
  for (uint32_t b = 0; b < blocks; ++b, x += kBlock, tile += size_t{columns} * kTileBlock) {
    __m256 part[4], most = _mm256_setzero_ps();
    for (uint32_t i = 0; i < 4; ++i) {
      part[i] = _mm256_loadu_ps(x + i * 8);
      most = _mm256_max_ps(_mm256_and_ps(part[i], magnitude), most);
    }
    const float largest = largest_of({most, _mm256_setzero_ps()});
    const __m256 inverse = _mm256_set1_ps(largest > 0 ? 127.0F / largest : 0.0F);
    const float scale = largest / 127.0F;
    __m256i q[4];
    for (uint32_t i = 0; i < 4; ++i)
      q[i] = _mm256_cvtps_epi32(_mm256_min_ps(_mm256_max_ps(_mm256_mul_ps(part[i], inverse), low), high));
    const __m256i bytes = _mm256_packs_epi16(_mm256_packs_epi32(q[0], q[1]), _mm256_packs_epi32(q[2], q[3]));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(tile), _mm256_permutevar8x32_epi32(bytes, by_rank));
    const int32_t first_half = -128 * sum_of(_mm256_add_epi32(q[0], q[1]));
    const int32_t correction = first_half - 128 * sum_of(_mm256_add_epi32(q[2], q[3]));
    __builtin_memcpy(tile + kTileScale, &scale, 4);
    __builtin_memcpy(tile + kTileCorrection, &correction, 4);
    __builtin_memcpy(tile + kTileFirstHalf, &first_half, 4);
  }
}

void to_half(const float* x, uint16_t* y, uint32_t n) {
  const V16 low = set1(-65504.0F), high = set1(65504.0F);
  for (uint32_t i = 0; i < n; i += kRows) {
    const V16 v = min(max(load_first(x + i, n - i, 0.0F), low), high);
    uint16_t lanes[kRows];
    _mm_storeu_si128(reinterpret_cast<__m128i*>(lanes), _mm256_cvtps_ph(v.low, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(lanes + 8), _mm256_cvtps_ph(v.high, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
    __builtin_memcpy(y + i, lanes, (n - i < kRows ? n - i : kRows) * 2);
  }
}

}  // namespace
}  // namespace avx2

const KernelTable kAvx2Kernels = {
    .name = "avx2",
    .matmul_f32 = avx2::matmul_f32,
    .matmul_f16 = avx2::matmul_f16,
    .matmul_bf16 = avx2::matmul_bf16,
    .matmul_q8_0 = avx2::matmul_q8_0,
    .matmul_q4_0 = avx2::matmul_q4_0,
    .matmul_q4_k = avx2::matmul_q4_k,
    .matmul_q5_k = avx2::matmul_q5_k,
    .matmul_q6_k = avx2::matmul_q6_k,
    .attention = avx2::attention,
    .attention_f32 = avx2::attention_f32,
    .attention_q8 = avx2::attention_q8,
    .quantise = avx2::quantise,
    .rms_norm = avx2::rms_norm,
    .swiglu = avx2::swiglu,
    .sigmoid = avx2::sigmoid,
    .add = avx2::add,
    .rope = avx2::rope,
    .to_half = avx2::to_half,
    .softmax = avx2::softmax,
};

#if defined(LEMMA_AVXVNNI)
namespace avxvnni {
void matmul_q8_0(const MatmulArgs& args);
void matmul_q4_0(const MatmulArgs& args);
void matmul_q4_k(const MatmulArgs& args);
void matmul_q5_k(const MatmulArgs& args);
void matmul_q6_k(const MatmulArgs& args);
}  // namespace avxvnni

const KernelTable kAvxVnniKernels = {
    .name = "avxvnni",
    .matmul_f32 = avx2::matmul_f32,
    .matmul_f16 = avx2::matmul_f16,
    .matmul_bf16 = avx2::matmul_bf16,
    .matmul_q8_0 = avxvnni::matmul_q8_0,
    .matmul_q4_0 = avxvnni::matmul_q4_0,
    .matmul_q4_k = avxvnni::matmul_q4_k,
    .matmul_q5_k = avxvnni::matmul_q5_k,
    .matmul_q6_k = avxvnni::matmul_q6_k,
    .attention = avx2::attention,
    .attention_f32 = avx2::attention_f32,
    .attention_q8 = avx2::attention_q8,
    .quantise = avx2::quantise,
    .rms_norm = avx2::rms_norm,
    .swiglu = avx2::swiglu,
    .sigmoid = avx2::sigmoid,
    .add = avx2::add,
    .rope = avx2::rope,
    .to_half = avx2::to_half,
    .softmax = avx2::softmax,
};
#endif

}  // namespace lemma

#endif
