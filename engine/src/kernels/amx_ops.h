// The tile registers of AMX as functions, one instruction each (Intel SDM, chapter 18 of volume 1; palette 1: eight tiles of at most
// 16 rows of 64 bytes). Written as assembly because the compilers' intrinsics want literal tile numbers. Included by amx_*.cpp only;
// tests have the same functions in portable C++ (tests/amx_emulation.h).
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace lemma::amx {
namespace {

/// What ldtilecfg reads.
struct TileShapes {
  uint8_t palette, start_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
};
static_assert(sizeof(TileShapes) == 64);

inline void configure(const TileShapes& shapes) { asm volatile("ldtilecfg %0" : : "m"(shapes)); }
inline void release() { asm volatile("tilerelease"); }

template <int Tile>
inline void zero() {
  asm volatile("tilezero %%tmm%c0" : : "i"(Tile));
}
template <int Tile>
inline void load(const void* at, size_t stride) {
  asm volatile("tileloadd (%0,%1,1), %%tmm%c2" : : "r"(at), "r"(stride), "i"(Tile) : "memory");
}
template <int Tile>
inline void store(void* at, size_t stride) {
  asm volatile("tilestored %%tmm%c2, (%0,%1,1)" : : "r"(at), "r"(stride), "i"(Tile) : "memory");
}
/// sums[m][n] += sum over k and i < 4 of left[m][4 k + i] (signed) * right[k][4 n + i] (unsigned).
template <int Sums, int Left, int Right>
inline void multiply() {
  asm volatile("tdpbsud %%tmm%c2, %%tmm%c1, %%tmm%c0" : : "i"(Sums), "i"(Left), "i"(Right));
}

}  // namespace
}  // namespace lemma::amx
