// The activations of one matrix multiplication in the tile layout of kernels.h, in the forms that its matrices want. Rows may be
// written by different threads, also in pieces. Several groups of columns, each with tiles of its own, may lie one after the other:
// `start` is the column at which a group begins, all else counts from there.
#pragma once

#include <cstring>

#include "kernels/kernels.h"
#include "memory.h"
#include "packed_matrix.h"

namespace lemma {

class Tiles {
 public:
  /// Room for `columns` tokens of `k` elements. Call wants() for each matrix first.
  Status allocate(std::uint32_t k, std::uint32_t columns) {
    k_ = k;
    const std::size_t tiles = (columns + kColumns - 1) / kColumns;
    const std::size_t plain = plain_ ? tiles * plain_tile_bytes(kColumns, k) : 0;
    const std::size_t quantised = quantised_ ? tiles * quantised_tile_bytes(kColumns, k) : 0;
    LEMMA_ASSIGN(plain_tiles_, Memory::allocate(plain, "activations"));
    LEMMA_ASSIGN(quantised_tiles_, Memory::allocate(quantised, "activations"));
    return {};
  }
  void wants(const PackedMatrix& matrix) { (matrix.form() == TileForm::plain ? plain_ : quantised_) = true; }
  bool quantised() const { return quantised_; }

  /// Writes elements [first, first + n) of token `column` of `columns`. Quantised forms need multiples of 32.
  void write(const KernelTable& kernels, std::uint32_t columns, std::uint32_t column, std::uint32_t first, std::uint32_t n,
             const float* x, std::uint32_t start = 0) {
    const std::uint32_t tile = column / kColumns, lane = column % kColumns, count = tile_columns(columns, tile);
    if (quantised_) {
      std::uint8_t* at = quantised_tiles_.data() + quantised_tile_bytes(start + tile * kColumns, k_);
      kernels.quantise(x, n / kBlock, at + quantised_tile_bytes(count, first), count, lane);
    }
    if (plain_) {
      std::uint8_t* at = plain_tiles_.data() + plain_tile_bytes(start + tile * kColumns, k_);
      for (std::uint32_t i = 0; i < n; ++i) std::memcpy(at + (std::size_t{first + i} * count + lane) * 4, x + i, 4);
    }
  }

  /// Makes token `column` of `columns` what token `source` of `sources` is in `from`, which has the same k and at least these forms.
  void copy(const Tiles& from, std::uint32_t sources, std::uint32_t source, std::uint32_t columns, std::uint32_t column) {
    const std::uint32_t tile = source / kColumns, lane = source % kColumns, count = tile_columns(sources, tile);
    if (quantised_) {
      const std::uint8_t* in = from.quantised_tiles_.data() + quantised_tile_bytes(tile * kColumns, k_);
      std::uint8_t* out = quantised_tiles_.data();
      for (std::uint32_t word = 0; word < k_ / kBlock * (kTileBlock / 4); ++word)  // quads of elements, scales, corrections
        std::memcpy(out + (std::size_t{word} * columns + column) * 4, in + (std::size_t{word} * count + lane) * 4, 4);
    }
    if (plain_) {
      const std::uint8_t* in = from.plain_tiles_.data() + plain_tile_bytes(tile * kColumns, k_);
      for (std::uint32_t i = 0; i < k_; ++i)
        std::memcpy(plain_tiles_.data() + (std::size_t{i} * columns + column) * 4, in + (std::size_t{i} * count + lane) * 4, 4);
    }
  }

  /// Multiplies row blocks [first, last) with the columns from `from_tile` on, `columns` of them; see PackedMatrix::multiply.
  void multiply(const KernelTable& kernels, const PackedMatrix& matrix, std::uint32_t first, std::uint32_t last,
                std::uint32_t from_tile, std::uint32_t columns, float* out, std::size_t stride, bool accumulate,
                std::uint32_t start = 0) const {
    const Memory& tiles = matrix.form() == TileForm::plain ? plain_tiles_ : quantised_tiles_;
    matrix.multiply(kernels, first, last, tiles.data() + tile_bytes(matrix.form(), start + from_tile * kColumns, k_), columns, out,
                    stride, accumulate);
  }

 private:
  static std::uint32_t tile_columns(std::uint32_t columns, std::uint32_t tile) {
    return columns - tile * kColumns < kColumns ? columns - tile * kColumns : kColumns;
  }

  bool plain_ = false, quantised_ = false;
  std::uint32_t k_ = 0;
  Memory plain_tiles_, quantised_tiles_;
};

}  // namespace lemma
