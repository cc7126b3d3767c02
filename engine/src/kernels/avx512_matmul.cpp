// Matrix multiplication with AVX-512: one zmm register holds the 16 rows of a row block, so that no sum ever crosses lanes. C columns
// share each load of weights; their activations are broadcast from memory inside the multiply instruction.

#if defined(__x86_64__)

#include "kernels/avx512_tile.h"

namespace lemma::avx512 {
namespace {

// ---- Q8_0: vpdpbusd, biased weights times signed activations, the bias undone by the starting value ----

// Where the next bytes of streamed weights lie and how many of them a 32-block fetches: reading them in time hides memory's latency,
// which hardware does not do across pages and short phases.
struct Ahead {
  const uint8_t* at;
  uint32_t step;

  [[gnu::always_inline]] void fetch(uint32_t block) const {
    const uint8_t* from = at + size_t{block} * step;
    for (uint32_t i = 0; i < step; i += 64) _mm_prefetch(reinterpret_cast<const char*>(from + i), _MM_HINT_T0);
  }
};

// R row blocks times the first C of a tile's `Columns` columns. With R = 2 a broadcast serves two multiplications: from memory, each
// would cost a load, and two loads a cycle are the limit.
template <uint32_t R, uint32_t C, uint32_t Columns>
[[gnu::always_inline]] inline void q8_strip(const MatmulArgs& args, const uint8_t* weights, const uint8_t* tile, float* out, Ahead ahead) {
  const size_t scale_bytes = q8_scale_bytes(args.k);
  __m512 acc[R][C];
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) acc[r][c] = _mm512_setzero_ps();
  for (uint32_t b = 0; b < args.k / kBlock; ++b, tile += Columns * kTileBlock) {
    const uint8_t* quants = weights + scale_bytes + size_t{b} * kBlock * kRows;
    ahead.fetch(b);
    __m512i dot[R][C];
    for (uint32_t c = 0; c < C; ++c)
      for (uint32_t r = 0; r < R; ++r) dot[r][c] = correction(tile, c);
#pragma GCC unroll 8
    for (uint32_t quad = 0; quad < 8; ++quad) {
      __m512i w[R];
#pragma GCC unroll 2
      for (uint32_t r = 0; r < R; ++r) w[r] = _mm512_loadu_si512(quants + r * args.row_block_bytes + quad * 64);
#pragma GCC unroll 8
      for (uint32_t c = 0; c < C; ++c) {
        __m512i x = broadcast4(tile + c * kTileBlock + quad * 4);
        if constexpr (R > 1) asm("" : "+v"(x));  // keeps it in a register
#pragma GCC unroll 2
        for (uint32_t r = 0; r < R; ++r) dot[r][c] = _mm512_dpbusd_epi32(dot[r][c], w[r], x);
      }
    }
#pragma GCC unroll 2
    for (uint32_t r = 0; r < R; ++r) {
      const __m512 scale = load_half(reinterpret_cast<const uint16_t*>(weights + r * args.row_block_bytes) + b * kRows);
#pragma GCC unroll 8
      for (uint32_t c = 0; c < C; ++c)
        acc[r][c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dot[r][c]), _mm512_mul_ps(scale, tile_scale(tile, c)), acc[r][c]);
    }
  }
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) store(out + c * args.out_stride + r * kRows, acc[r][c], args.accumulate);
}

// R row blocks times a tile. One stream of weights is best for one or two columns, whose time is that of reading; sums of more than
// five columns of two blocks do not fit the registers.
template <uint32_t R, uint32_t Columns>
void q8_tile(const MatmulArgs& args, const uint8_t* weights, const uint8_t* tile, float* out, Ahead ahead) {
  if constexpr (R == 1) {
    q8_strip<1, Columns, Columns>(args, weights, tile, out, ahead);
  } else if constexpr (Columns <= 2) {
    q8_strip<1, Columns, Columns>(args, weights, tile, out, ahead);
    q8_strip<1, Columns, Columns>(args, weights + args.row_block_bytes, tile, out + kRows, {ahead.at + args.row_block_bytes, ahead.step});
  } else if constexpr (Columns <= 5) {
    q8_strip<2, Columns, Columns>(args, weights, tile, out, ahead);
  } else {
    q8_strip<2, 4, Columns>(args, weights, tile, out, ahead);
    q8_strip<2, Columns - 4, Columns>(args, weights, tile + 4 * kTileBlock, out + 4 * args.out_stride, {nullptr, 0});
  }
}

constexpr size_t kStreamAhead = 8192;  // bytes, for one or two columns
constexpr uint32_t kFewTiles = 8;      // with more the next row blocks come in time by themselves

template <uint32_t R>
void q8_blocks(const MatmulArgs& args, uint32_t block) {
  using Tile = void (*)(const MatmulArgs&, const uint8_t*, const uint8_t*, float*, Ahead);
  static constexpr Tile kTiles[kColumns] = {q8_tile<R, 1>, q8_tile<R, 2>, q8_tile<R, 3>, q8_tile<R, 4>,
                                            q8_tile<R, 5>, q8_tile<R, 6>, q8_tile<R, 7>, q8_tile<R, 8>};
  const uint8_t* weights = args.weights + block * args.row_block_bytes;
  const uint32_t tiles = (args.columns + kColumns - 1) / kColumns;
  const size_t share = R * args.row_block_bytes / tiles;  // of the next row blocks, that one tile fetches
  const uint32_t step = static_cast<uint32_t>(share / (args.k / kBlock) + 63) / 64 * 64;
  for (uint32_t tile = 0; tile < tiles; ++tile) {
    const uint32_t first = tile * kColumns, count = args.columns - first < kColumns ? args.columns - first : kColumns;
    Ahead ahead = {weights, 0};
    if (args.streamed && args.columns <= 2) ahead = {weights + kStreamAhead, kBlock * kRows};
    else if (args.streamed && tiles <= kFewTiles) ahead = {weights + R * args.row_block_bytes + tile * share, step};
    kTiles[count - 1](args, weights, args.tiles + tile * args.tile_bytes, args.out + first * args.out_stride + size_t{block} * kRows, ahead);
  }
}

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
    __m512 w[R];
#pragma GCC unroll 4
    for (uint32_t r = 0; r < R; ++r) w[r] = Load::load(weights + r * row_block_bytes + i * (kRows * Load::kBytes));
#pragma GCC unroll 8
    for (uint32_t c = 0; c < C; ++c) {
      __m512 column = _mm512_set1_ps(x[c]);
      if constexpr (R > 1) asm("" : "+v"(column));
#pragma GCC unroll 4
      for (uint32_t r = 0; r < R; ++r) acc[r][c] = _mm512_fmadd_ps(w[r], column, acc[r][c]);
    }
  }
  for (uint32_t r = 0; r < R; ++r)
    for (uint32_t c = 0; c < C; ++c) store(out + c * stride + r * kRows, acc[r][c], accumulate);
}

// Row blocks from `block` on, R at a time; returns the first that is left.
template <typename Load, uint32_t R, uint32_t C>
uint32_t plain_strips(const MatmulArgs& args, uint32_t block, const uint8_t* tile, float* out) {
  for (; block + R <= args.row_blocks; block += R)
    plain_tile<Load, R, C>(args.weights + block * args.row_block_bytes, args.row_block_bytes, args.k, tile,
                           out + size_t{block} * kRows, args.out_stride, args.accumulate);
  return block;
}

template <typename Load, uint32_t C>
void plain_blocks(const MatmulArgs& args, const uint8_t* tile, float* out) {
  uint32_t block = 0;
  if constexpr (C <= 2) block = plain_strips<Load, 4, C>(args, block, tile, out);
  block = plain_strips<Load, 2, C>(args, block, tile, out);
  plain_strips<Load, 1, C>(args, block, tile, out);
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

void matmul_q8_0(const MatmulArgs& args) {
  uint32_t block = 0;
  for (; block + 2 <= args.row_blocks; block += 2) q8_blocks<2>(args, block);
  if (block < args.row_blocks) q8_blocks<1>(args, block);
}
void matmul_f32(const MatmulArgs& args) { plain<LoadF32>(args); }
void matmul_f16(const MatmulArgs& args) { plain<LoadF16>(args); }

}  // namespace lemma::avx512

#endif
