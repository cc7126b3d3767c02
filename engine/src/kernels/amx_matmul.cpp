// Multiplication of quantised types with the int8 tiles of AMX, for full tiles of eight tokens; what is left goes to AVX-512, with the
// same bits: integer dots of a 32-block are exact, and the sums of floats keep their order.
//
// A tile of eight tokens times a 32-block of 16 rows is one instruction: the left operand is the records' int8 [8 tokens][32], their
// distance kTileBlock; the right one the packed quads [8 quads][16 rows][4], unsigned. Q8_0 is stored so; the other types are unpacked
// to it, a 32-block at a time, for up to four tiles of tokens. The instruction reads 16 rows by 64 bytes at most; shared scales each 32
// elements are why it gets half of that.

#if defined(__x86_64__)

#if defined(__AMX_INT8__)
#include "kernels/amx_ops.h"
#else
#include "amx_emulation.h"
#endif
#include "kernels/avx512_nibbles.h"

namespace lemma::amx {
namespace {

using avx512::halves;
using avx512::signed_floats;
using avx512::tile_scale;
using avx512::unsigned_floats;

constexpr uint32_t kGroup = 4;  // tiles of tokens that share unpacked weights; tile registers 0 to 3 hold their sums
constexpr int kTokens = 4, kWeights = 5, kHalfTokens = 6, kHalfWeights = 7;
constexpr TileShapes kShapes = {.palette = 1,
                                .start_row = 0,
                                .reserved = {},
                                .row_bytes = {64, 64, 64, 64, 32, 64, 16, 64},
                                .rows = {8, 8, 8, 8, 8, 8, 8, 4}};

using Dots = int32_t[kGroup][kColumns][kRows];
using Sums = float[kGroup][kColumns][kRows];

// A row block times up to four tiles of tokens.
struct Part {
  const uint8_t* tiles;
  size_t tile_bytes;
  uint32_t count;

  const uint8_t* tokens(uint32_t tile, uint32_t b) const { return tiles + tile * tile_bytes + size_t{b} * kColumns * kTileBlock; }
};

template <int Tile, bool Half>
inline void start(const uint8_t* tokens) {
  zero<Tile>();
  if constexpr (Half) {
    load<kHalfTokens>(tokens, kTileBlock);
    multiply<Tile, kHalfTokens, kHalfWeights>();
  } else {
    load<kTokens>(tokens, kTileBlock);
    multiply<Tile, kTokens, kWeights>();
  }
}

// dots = tokens times quads [first, first + 8), or the next four of them. Starting all before storing any hides the latency.
template <bool Half>
void dot(const Part& part, uint32_t b, const uint8_t* quads, uint32_t first, Dots& dots) {
  const auto tokens = [&](uint32_t tile) { return part.tokens(tile, b) + first * 4; };
  load<(Half ? kHalfWeights : kWeights)>(quads + first * 64, 64);
  start<0, Half>(tokens(0));
  if (part.count > 1) start<1, Half>(tokens(1));
  if (part.count > 2) start<2, Half>(tokens(2));
  if (part.count > 3) start<3, Half>(tokens(3));
  store<0>(dots[0], 64);
  if (part.count > 1) store<1>(dots[1], 64);
  if (part.count > 2) store<2>(dots[2], 64);
  if (part.count > 3) store<3>(dots[3], 64);
}

inline __m512 as_floats(const int32_t* dots, int32_t offset) {
  return _mm512_cvtepi32_ps(_mm512_add_epi32(_mm512_load_si512(dots), _mm512_set1_epi32(offset)));
}

inline int32_t read4(const uint8_t* at) {
  int32_t four;
  __builtin_memcpy(&four, at, 4);
  return four;
}

// sum = add(record, tile, token, sum) for each token.
template <typename Add>
inline void for_tokens(const Part& part, uint32_t b, Sums& sums, Add add) {
  for (uint32_t tile = 0; tile < part.count; ++tile)
    for (uint32_t c = 0; c < kColumns; ++c) {
      const __m512 sum = _mm512_load_ps(sums[tile][c]);
      _mm512_store_ps(sums[tile][c], add(part.tokens(tile, b) + c * kTileBlock, tile, c, sum));
    }
}

template <uint32_t HighBits, uint32_t Quad = 0>
inline void unpack(const uint8_t* block, uint8_t* quads) {
  if constexpr (Quad < 8) {
    _mm512_store_si512(quads + Quad * 64, avx512::quad_of<HighBits, Quad>(block));
    unpack<HighBits, Quad + 1>(block, quads);
  }
}

struct Q8 {
  static constexpr uint32_t kLeastTiles = 1;
  static void multiply(const uint8_t* weights, uint32_t k, const Part& part, Sums& sums) {
    const uint8_t* quads = weights + q8_scale_bytes(k);
    alignas(64) Dots dots;
    for (uint32_t b = 0; b < k / kBlock; ++b, quads += kBlock * kRows) {
      dot<false>(part, b, quads, 0, dots);
      const __m512 scale = halves(weights + b * kRows * 2);
      for_tokens(part, b, sums, [&](const uint8_t* record, uint32_t tile, uint32_t c, __m512 sum) {
        const __m512 value = as_floats(dots[tile][c], read4(record + kTileCorrection));
        return _mm512_fmadd_ps(value, _mm512_mul_ps(scale, tile_scale(record, 0)), sum);
      });
    }
  }
};

struct Q4 {
  static constexpr uint32_t kLeastTiles = 2;
  static void multiply(const uint8_t* weights, uint32_t k, const Part& part, Sums& sums) {
    const uint8_t* block = weights + q8_scale_bytes(k);
    alignas(64) Dots dots;
    alignas(64) uint8_t quads[kBlock * kRows];
    for (uint32_t b = 0; b < k / kBlock; ++b, block += kNibbleBytes) {
      unpack<0>(block, quads);
      dot<false>(part, b, quads, 0, dots);
      const __m512 scale = halves(weights + b * kRows * 2);
      for_tokens(part, b, sums, [&](const uint8_t* record, uint32_t tile, uint32_t c, __m512 sum) {
        const __m512 value = as_floats(dots[tile][c], read4(record + kTileCorrection) >> 4);  // -8 * sum
        return _mm512_fmadd_ps(value, _mm512_mul_ps(scale, tile_scale(record, 0)), sum);
      });
    }
  }
};

// Q4_K and Q5_K.
template <uint32_t HighBits>
struct WithMinimum {
  static constexpr uint32_t kLeastTiles = 2;
  static void multiply(const uint8_t* weights, uint32_t k, const Part& part, Sums& sums) {
    alignas(64) Dots dots;
    alignas(64) uint8_t quads[kBlock * kRows];
    for (uint32_t b = 0; b < k / kBlock; ++b) {
      const uint8_t* head = weights + b / kSuperBlocks * packed_super_bytes(HighBits);
      const uint8_t* factors = head + kRows * 4 + b % kSuperBlocks * kRows * 2;
      unpack<HighBits>(head + kSuperHeadBytes + b % kSuperBlocks * nibble_block_bytes(HighBits), quads);
      dot<false>(part, b, quads, 0, dots);
      const __m512 dmin = _mm512_mul_ps(halves(head + kRows * 2), _mm512_set1_ps(1.0F / 128.0F));
      const __m512 scale = _mm512_mul_ps(halves(head), unsigned_floats(factors));
      const __m512 minimum = _mm512_mul_ps(dmin, unsigned_floats(factors + kRows));
      for_tokens(part, b, sums, [&](const uint8_t* record, uint32_t tile, uint32_t c, __m512 sum) {
        const __m512 scale_x = tile_scale(record, 0);
        const __m512 offset = _mm512_mul_ps(_mm512_cvtepi32_ps(avx512::correction(record, 0)), scale_x);
        sum = _mm512_fmadd_ps(as_floats(dots[tile][c], 0), _mm512_mul_ps(scale, scale_x), sum);
        return _mm512_fmadd_ps(minimum, offset, sum);
      });
    }
  }
};

struct Q6K {
  static constexpr uint32_t kLeastTiles = 2;
  static void multiply(const uint8_t* weights, uint32_t k, const Part& part, Sums& sums) {
    alignas(64) Dots dots, late;  // of elements 0-15 and 16-31
    alignas(64) uint8_t quads[kBlock * kRows];
    for (uint32_t b = 0; b < k / kBlock; ++b) {
      const uint8_t* head = weights + b / kSuperBlocks * packed_super_bytes(2);
      const uint8_t* factors = head + kRows * 4 + b % kSuperBlocks * kRows * 2;
      unpack<2>(head + kSuperHeadBytes + b % kSuperBlocks * nibble_block_bytes(2), quads);
      dot<true>(part, b, quads, 0, dots);
      dot<true>(part, b, quads, 4, late);
      const __m512 d = halves(head), first = signed_floats(factors), second = signed_floats(factors + kRows);
      for_tokens(part, b, sums, [&](const uint8_t* record, uint32_t tile, uint32_t c, __m512 sum) {
        const int32_t all = read4(record + kTileCorrection), half = read4(record + kTileFirstHalf);
        __m512 value = _mm512_mul_ps(as_floats(dots[tile][c], half >> 2), first);  // -32 * sum; of integers, exact
        value = _mm512_fmadd_ps(as_floats(late[tile][c], (all - half) >> 2), second, value);
        return _mm512_fmadd_ps(value, _mm512_mul_ps(d, tile_scale(record, 0)), sum);
      });
    }
  }
};

template <typename Type>
void run(const MatmulArgs& args, void (*rest)(const MatmulArgs&)) {
  const uint32_t full = args.columns / kColumns;
  if (full < Type::kLeastTiles) return rest(args);
  configure(kShapes);
  for (uint32_t block = 0; block < args.row_blocks; ++block)
    for (uint32_t first = 0; first < full; first += kGroup) {
      const Part part = {args.tiles + first * args.tile_bytes, args.tile_bytes, full - first < kGroup ? full - first : kGroup};
      alignas(64) Sums sums = {};
      Type::multiply(args.weights + block * args.row_block_bytes, args.k, part, sums);
      for (uint32_t c = 0; c < part.count * kColumns; ++c)
        avx512::store(args.out + (size_t{first} * kColumns + c) * args.out_stride + size_t{block} * kRows,
                      _mm512_load_ps(sums[c / kColumns][c % kColumns]), args.accumulate);
    }
  release();
  if (args.columns == full * kColumns) return;
  MatmulArgs left = args;
  left.tiles += full * args.tile_bytes;
  left.columns -= full * kColumns;
  left.out += size_t{full} * kColumns * args.out_stride;
  rest(left);
}

}  // namespace

void matmul_q8_0(const MatmulArgs& args) { run<Q8>(args, avx512::matmul_q8_0); }
void matmul_q4_0(const MatmulArgs& args) { run<Q4>(args, avx512::matmul_q4_0); }
void matmul_q4_k(const MatmulArgs& args) { run<WithMinimum<0>>(args, avx512::matmul_q4_k); }
void matmul_q5_k(const MatmulArgs& args) { run<WithMinimum<1>>(args, avx512::matmul_q5_k); }
void matmul_q6_k(const MatmulArgs& args) { run<Q6K>(args, avx512::matmul_q6_k); }

}  // namespace lemma::amx

#endif
