// Matrix multiplication of Q8_0 and of floats with AVX2.

#if defined(__x86_64__)

#include "kernels/avx2_tile.h"
#include "kernels/v16_plain.h"

namespace lemma::avx2 {
namespace {

// maddubs wants unsigned times signed: |w| times x with w's sign; 2 * 128 * 127 fits its 16 bits, so the integer dot is exact.
struct Q8 {
  template <uint32_t C>
  static void half(const uint8_t* weights, uint32_t half, uint32_t k, const uint8_t* tile, uint32_t count, float* out,
                   size_t stride, bool accumulate) {
    const uint8_t* scales = weights + half * 16;
    const uint8_t* quants = weights + q8_scale_bytes(k) + half * 32;
    const __m256i ones = _mm256_set1_epi16(1), flip = _mm256_set1_epi8(static_cast<char>(0x80));
    __m256 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm256_setzero_ps();
    for (uint32_t b = 0; b < k / kBlock; ++b, tile += count * kTileBlock, quants += kBlock * kRows, scales += kRows * 2) {
      __m256i dot[C];
      for (uint32_t c = 0; c < C; ++c) dot[c] = _mm256_setzero_si256();
#pragma GCC unroll 8
      for (uint32_t quad = 0; quad < 8; ++quad) {
        const __m256i w = _mm256_xor_si256(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(quants + quad * 64)), flip);
        const __m256i magnitude = _mm256_abs_epi8(w);
#pragma GCC unroll 4
        for (uint32_t c = 0; c < C; ++c) {
          const __m256i x = _mm256_sign_epi8(_mm256_set1_epi32(read4(tile + c * kTileBlock + quad * 4)), w);
          dot[c] = _mm256_add_epi32(dot[c], _mm256_madd_epi16(_mm256_maddubs_epi16(magnitude, x), ones));
        }
      }
      const __m256 scale = _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(scales)));
      for (uint32_t c = 0; c < C; ++c) {
        const __m256 both = _mm256_mul_ps(scale, broadcast_float(tile + c * kTileBlock + kTileScale));
        acc[c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot[c]), both, acc[c]);
      }
    }
    for (uint32_t c = 0; c < C; ++c) put(out + c * stride, acc[c], accumulate);
  }
};

}  // namespace

void matmul_q8_0(const MatmulArgs& args) { for_halves<Q8>(args); }
void matmul_f32(const MatmulArgs& args) { plain<LoadF32>(args); }
void matmul_f16(const MatmulArgs& args) { plain<LoadF16>(args); }
void matmul_bf16(const MatmulArgs& args) { pairs(args); }

}  // namespace lemma::avx2

#endif
