// The activations of one matrix multiplication in the tile layout of kernels.h, in the forms that its matrices want. Rows may be
// written by different threads, also in pieces. Several groups of columns, each with tiles of its own, may lie one after the other:
// `start` is the column at which a group begins, all else counts from there.
#pragma once

#include <cstring>

#include "half.h"
#include "kernels/kernels.h"
#include "memory.h"
#include "packed_matrix.h"

namespace lemma {

/// Writes `n` elements of column `lane` of a tile of `columns`; `at` is where the first of them lies in the tile.
inline void write_column(TileForm form, const KernelTable& kernels, const float* x, std::uint32_t n, std::uint32_t columns,
                         std::uint32_t lane, std::uint8_t* at) {
  switch (form) {
    case TileForm::quantised: return kernels.quantise(x, n / kBlock, at, columns, lane);
    case TileForm::bf16:
      at += std::size_t{lane} * 4;
      for (std::uint32_t i = 0; i < n; i += 2, at += std::size_t{columns} * 4) {
        const std::uint16_t pair[2] = {float_to_bfloat(x[i]), i + 1 < n ? float_to_bfloat(x[i + 1]) : std::uint16_t{0}};
        std::memcpy(at, pair, 4);
      }
      return;
    case TileForm::plain:
      at += std::size_t{lane} * 4;
      for (std::uint32_t i = 0; i < n; ++i, at += std::size_t{columns} * 4) std::memcpy(at, x + i, 4);
      return;
  }
}

class Tiles {
 public:
  Status allocate(std::uint32_t k, std::uint32_t columns) {
    k_ = k;
    const std::size_t tiles = (columns + kColumns - 1) / kColumns;
    for (const TileForm form : kForms) {
      LEMMA_ASSIGN(memory_[index(form)], Memory::allocate(wanted(form) ? tiles * tile_bytes(form, kColumns, k) : 0, "activations"));
    }
    return {};
  }
  void wants(const PackedMatrix& matrix) { wanted_[index(matrix.form())] = true; }
  /// Elements that may be written on their own, at a multiple of their number: a 32-block, a pair (bf16), one.
  std::uint32_t unit() const { return wanted(TileForm::quantised) ? kBlock : wanted(TileForm::bf16) ? 2 : 1; }

  /// Writes elements [first, first + n) of token `column` of `columns`; both in units but for a row's last ones.
  void write(const KernelTable& kernels, std::uint32_t columns, std::uint32_t column, std::uint32_t first, std::uint32_t n,
             const float* x, std::uint32_t start = 0) {
    const std::uint32_t tile = column / kColumns, count = tile_columns(columns, tile);
    for (const TileForm form : kForms)
      if (wanted(form))
        write_column(form, kernels, x, n, count, column % kColumns,
                     memory_[index(form)].data() + place(form, start, tile) + tile_bytes(form, count, first));
  }

  /// Makes token `column` of `columns` what token `source` of `sources` is in `from`, which has the same k and at least these forms.
  void copy(const Tiles& from, std::uint32_t sources, std::uint32_t source, std::uint32_t columns, std::uint32_t column) {
    const std::uint32_t tile = source / kColumns, lane = source % kColumns, count = tile_columns(sources, tile);
    for (const TileForm form : kForms) {
      if (!wanted(form)) continue;
      const std::uint8_t* in = from.memory_[index(form)].data() + from.place(form, 0, tile);
      std::uint8_t* out = memory_[index(form)].data();
      if (form == TileForm::quantised) copy_records<kTileBlock>(in, count, lane, out, columns, column, k_ / kBlock);
      else copy_records<4>(in, count, lane, out, columns, column, form == TileForm::bf16 ? (k_ + 1) / 2 : k_);
    }
  }

  /// Multiplies row blocks [first, last) with the columns from `from_tile` on, `columns` of them; see PackedMatrix::multiply.
  void multiply(const KernelTable& kernels, const PackedMatrix& matrix, std::uint32_t first, std::uint32_t last,
                std::uint32_t from_tile, std::uint32_t columns, float* out, std::size_t stride, bool accumulate,
                std::uint32_t start = 0) const {
    const TileForm form = matrix.form();
    matrix.multiply(kernels, first, last, memory_[index(form)].data() + place(form, start, from_tile), columns, out, stride, accumulate);
  }

 private:
  static constexpr TileForm kForms[] = {TileForm::plain, TileForm::bf16, TileForm::quantised};
  static constexpr std::size_t index(TileForm form) { return static_cast<std::size_t>(form); }
  bool wanted(TileForm form) const { return wanted_[index(form)]; }
  static std::uint32_t tile_columns(std::uint32_t columns, std::uint32_t tile) {
    return columns - tile * kColumns < kColumns ? columns - tile * kColumns : kColumns;
  }
  // Where a tile of the group that begins at column `start` lies: tiles before it take the same bytes a column.
  std::size_t place(TileForm form, std::uint32_t start, std::uint32_t tile) const {
    return tile_bytes(form, start + tile * kColumns, k_);
  }
  // What a column has in a tile: records of N bytes, `count` of them, each beside those of the other columns.
  template <std::size_t N>
  static void copy_records(const std::uint8_t* in, std::uint32_t sources, std::uint32_t source, std::uint8_t* out,
                           std::uint32_t columns, std::uint32_t column, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i)
      std::memcpy(out + (std::size_t{i} * columns + column) * N, in + (std::size_t{i} * sources + source) * N, N);
  }

  bool wanted_[3] = {};
  std::uint32_t k_ = 0;
  Memory memory_[3];
};

}  // namespace lemma
