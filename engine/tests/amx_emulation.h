// The tile operations of kernels/amx_ops.h in portable C++, with the instructions' own rules: a shape that hardware would refuse ends
// the program. So every CPU can run the AMX kernels' source.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace lemma::amx {
namespace {

struct TileShapes {
  uint8_t palette, start_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
};

struct TileFile {
  TileShapes shapes;
  uint8_t data[8][16][64];
};

inline TileFile& tile_file() {
  static thread_local TileFile file = {};
  return file;
}

inline void demand(bool condition) {
  if (!condition) __builtin_trap();
}

inline void configure(const TileShapes& shapes) {
  demand(shapes.palette == 1 && shapes.start_row == 0);
  for (const uint8_t byte : shapes.reserved) demand(byte == 0);
  for (int i = 0; i < 16; ++i) demand(i < 8 ? shapes.rows[i] <= 16 && shapes.row_bytes[i] <= 64 : shapes.rows[i] == 0 && shapes.row_bytes[i] == 0);
  tile_file() = {shapes, {}};
}
inline void release() { tile_file() = {}; }

template <int Tile>
inline void check_configured() {
  demand(tile_file().shapes.rows[Tile] > 0 && tile_file().shapes.row_bytes[Tile] > 0);
}

template <int Tile>
inline void zero() {
  check_configured<Tile>();
  __builtin_memset(tile_file().data[Tile], 0, sizeof tile_file().data[Tile]);
}
template <int Tile>
inline void load(const void* at, size_t stride) {
  zero<Tile>();
  TileFile& file = tile_file();
  for (size_t row = 0; row < file.shapes.rows[Tile]; ++row)
    __builtin_memcpy(file.data[Tile][row], static_cast<const uint8_t*>(at) + row * stride, file.shapes.row_bytes[Tile]);
}
template <int Tile>
inline void store(void* at, size_t stride) {
  check_configured<Tile>();
  const TileFile& file = tile_file();
  for (size_t row = 0; row < file.shapes.rows[Tile]; ++row)
    __builtin_memcpy(static_cast<uint8_t*>(at) + row * stride, file.data[Tile][row], file.shapes.row_bytes[Tile]);
}

// tdpbsud: signed bytes of Left times unsigned bytes of Right.
template <int Sums, int Left, int Right>
inline void multiply() {
  static_assert(Sums != Left && Sums != Right && Left != Right);
  check_configured<Sums>();
  check_configured<Left>();
  check_configured<Right>();
  TileFile& file = tile_file();
  const TileShapes& shapes = file.shapes;
  const uint32_t rows = shapes.rows[Sums], columns = shapes.row_bytes[Sums] / 4U, quads = shapes.row_bytes[Left] / 4U;
  demand(shapes.rows[Left] == rows && shapes.row_bytes[Right] == shapes.row_bytes[Sums] && shapes.rows[Right] == quads);
  demand(shapes.row_bytes[Left] % 4 == 0 && shapes.row_bytes[Sums] % 4 == 0);
  for (uint32_t m = 0; m < rows; ++m)
    for (uint32_t n = 0; n < columns; ++n) {
      int32_t sum;
      __builtin_memcpy(&sum, &file.data[Sums][m][n * 4], 4);
      for (uint32_t k = 0; k < quads; ++k)
        for (uint32_t i = 0; i < 4; ++i)
          sum += static_cast<int8_t>(file.data[Left][m][k * 4 + i]) * static_cast<int32_t>(file.data[Right][k][n * 4 + i]);
      __builtin_memcpy(&file.data[Sums][m][n * 4], &sum, 4);
    }
}

}  // namespace
}  // namespace lemma::amx
