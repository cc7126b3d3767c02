// Matrix multiplication with AVX2: two ymm registers hold the 16 rows of a row block; columns are taken four at once.

#if defined(__x86_64__)

#include "kernels/avx2_tile.h"

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

struct LoadF32 {
  static constexpr size_t kBytes = 4;
  static V16 load(const uint8_t* at) { return avx2::load(reinterpret_cast<const float*>(at)); }
};
struct LoadF16 {
  static constexpr size_t kBytes = 2;
  static V16 load(const uint8_t* at) { return load_half(reinterpret_cast<const uint16_t*>(at)); }
};

// R row blocks and C columns of a tile with `count` columns.
template <typename Load, uint32_t R, uint32_t C>
void plain_part(const MatmulArgs& args, uint32_t block, const float* x, uint32_t count, float* out) {
  const uint8_t* weights = args.weights + block * args.row_block_bytes;
  V16 acc[R][C];
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) acc[r][c] = zero();
  for (uint32_t i = 0; i < args.k; ++i, x += count)
#pragma GCC unroll 4
    for (uint32_t r = 0; r < R; ++r) {
      const V16 w = Load::load(weights + r * args.row_block_bytes + i * (kRows * Load::kBytes));
#pragma GCC unroll 4
      for (uint32_t c = 0; c < C; ++c) acc[r][c] = fma(w, set1(x[c]), acc[r][c]);
    }
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) {
      float* to = out + c * args.out_stride + size_t{block + r} * kRows;
      put(to, acc[r][c].low, args.accumulate);
      put(to + 8, acc[r][c].high, args.accumulate);
    }
}

template <typename Load, uint32_t C>
void plain_columns(const MatmulArgs& args, const float* x, uint32_t count, float* out) {
  constexpr uint32_t R = C == 1 ? 4 : C == 2 ? 2 : 1;
  uint32_t block = 0;
  for (; block + R <= args.row_blocks; block += R) plain_part<Load, R, C>(args, block, x, count, out);
  for (; block < args.row_blocks; ++block) plain_part<Load, 1, C>(args, block, x, count, out);
}

template <typename Load>
void plain(const MatmulArgs& args) {
  using Columns = void (*)(const MatmulArgs&, const float*, uint32_t, float*);
  static constexpr Columns kColumnCounts[kGroup] = {plain_columns<Load, 1>, plain_columns<Load, 2>, plain_columns<Load, 3>,
                                                    plain_columns<Load, 4>};
  for (uint32_t first = 0; first < args.columns; first += kColumns) {
    const uint32_t count = args.columns - first < kColumns ? args.columns - first : kColumns;
    const float* tile = reinterpret_cast<const float*>(args.tiles + first / kColumns * args.tile_bytes);
    for (uint32_t c = 0; c < count; c += kGroup)
      kColumnCounts[(count - c < kGroup ? count - c : kGroup) - 1](args, tile + c, count, args.out + (first + c) * args.out_stride);
  }
}

}  // namespace

void matmul_q8_0(const MatmulArgs& args) { for_halves<Q8>(args); }
void matmul_f32(const MatmulArgs& args) { plain<LoadF32>(args); }
void matmul_f16(const MatmulArgs& args) { plain<LoadF16>(args); }

}  // namespace lemma::avx2

#endif
