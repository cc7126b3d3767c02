// Matrix multiplication with AVX-512: one zmm register holds the 16 rows of a row block, so that no sum ever crosses lanes. C columns
// share each load of weights; their activations are broadcast from memory inside the multiply instruction.

#if defined(__x86_64__)

#include "kernels/avx512_tile.h"

namespace lemma::avx512 {
namespace {

// ---- Q8_0: vpdpbusd, biased weights times signed activations, the bias undone by the starting value ----

struct Q8 {
  template <uint32_t C>
  static void tile(const uint8_t* weights, uint32_t k, const uint8_t* tile, float* out, size_t stride, bool accumulate) {
    const uint8_t* scales = weights;
    const uint8_t* quants = weights + q8_scale_bytes(k);
    __m512 acc[C];
    for (uint32_t c = 0; c < C; ++c) acc[c] = _mm512_setzero_ps();
    for (uint32_t b = 0; b < k / kBlock; ++b, tile += C * kTileBlock, quants += kBlock * kRows, scales += kRows * 2) {
      __m512i dot[C];
      for (uint32_t c = 0; c < C; ++c) dot[c] = correction(tile, c);
#pragma GCC unroll 8
      for (uint32_t quad = 0; quad < 8; ++quad) {
        const __m512i w = _mm512_loadu_si512(quants + quad * 64);
#pragma GCC unroll 8
        for (uint32_t c = 0; c < C; ++c) dot[c] = _mm512_dpbusd_epi32(dot[c], w, broadcast4(tile + c * kTileBlock + quad * 4));
      }
      const __m512 scale = load_half(reinterpret_cast<const uint16_t*>(scales));
#pragma GCC unroll 8
      for (uint32_t c = 0; c < C; ++c)
        acc[c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dot[c]), _mm512_mul_ps(scale, tile_scale(tile, c)), acc[c]);
    }
    for (uint32_t c = 0; c < C; ++c) store(out + c * stride, acc[c], accumulate);
  }
};

// ---- F32, F16: converted to float as they are loaded. R row blocks at once keep enough chains in flight ----

struct LoadF32 {
  static constexpr size_t kBytes = 4;
  static __m512 load(const uint8_t* at) { return _mm512_loadu_ps(at); }
};
struct LoadF16 {
  static constexpr size_t kBytes = 2;
  static __m512 load(const uint8_t* at) { return load_half(reinterpret_cast<const uint16_t*>(at)); }
};

template <typename Load, uint32_t R, uint32_t C>
void plain_tile(const uint8_t* weights, size_t row_block_bytes, uint32_t k, const uint8_t* tile, float* out, size_t stride,
                bool accumulate) {
  const float* x = reinterpret_cast<const float*>(tile);
  __m512 acc[R][C];
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) acc[r][c] = _mm512_setzero_ps();
  for (uint32_t i = 0; i < k; ++i, x += C) {
#pragma GCC unroll 4
    for (uint32_t r = 0; r < R; ++r) {
      const __m512 w = Load::load(weights + r * row_block_bytes + i * (kRows * Load::kBytes));
#pragma GCC unroll 8
      for (uint32_t c = 0; c < C; ++c) acc[r][c] = _mm512_fmadd_ps(w, _mm512_set1_ps(x[c]), acc[r][c]);
    }
  }
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) store(out + c * stride + r * kRows, acc[r][c], accumulate);
}

template <typename Load, uint32_t C>
void plain_blocks(const MatmulArgs& args, const uint8_t* tile, float* out) {
  constexpr uint32_t R = C <= 2 ? 4 : C <= 4 ? 2 : 1;
  uint32_t block = 0;
  for (; block + R <= args.row_blocks; block += R)
    plain_tile<Load, R, C>(args.weights + block * args.row_block_bytes, args.row_block_bytes, args.k, tile,
                           out + size_t{block} * kRows, args.out_stride, args.accumulate);
  for (; block < args.row_blocks; ++block)
    plain_tile<Load, 1, C>(args.weights + block * args.row_block_bytes, args.row_block_bytes, args.k, tile,
                           out + size_t{block} * kRows, args.out_stride, args.accumulate);
}

template <typename Load>
void plain(const MatmulArgs& args) {
  using Blocks = void (*)(const MatmulArgs&, const uint8_t*, float*);
  static constexpr Blocks kBlocks[kColumns] = {plain_blocks<Load, 1>, plain_blocks<Load, 2>, plain_blocks<Load, 3>,
                                               plain_blocks<Load, 4>, plain_blocks<Load, 5>, plain_blocks<Load, 6>,
                                               plain_blocks<Load, 7>, plain_blocks<Load, 8>};
  for (uint32_t first = 0; first < args.columns; first += kColumns) {
    const uint32_t count = args.columns - first < kColumns ? args.columns - first : kColumns;
    kBlocks[count - 1](args, args.tiles + first / kColumns * args.tile_bytes, args.out + first * args.out_stride);
  }
}

}  // namespace

void matmul_q8_0(const MatmulArgs& args) { for_tiles<Q8>(args); }
void matmul_f32(const MatmulArgs& args) { plain<LoadF32>(args); }
void matmul_f16(const MatmulArgs& args) { plain<LoadF16>(args); }

}  // namespace lemma::avx512

#endif
