// The activations of one matrix multiplication in the tile layout of kernels.h, in the forms that its matrices want. Rows may be
// written by different threads, also in pieces.
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
             const float* x) {
    const std::uint32_t tile = column / kColumns, lane = column % kColumns;
    const std::uint32_t count = columns - tile * kColumns < kColumns ? columns - tile * kColumns : kColumns;
    if (quantised_) {
      std::uint8_t* at = quantised_tiles_.data() + tile * quantised_tile_bytes(kColumns, k_);
      kernels.quantise(x, n / kBlock, at + quantised_tile_bytes(count, first), count, lane);
    }
    if (plain_) {
      std::uint8_t* at = plain_tiles_.data() + tile * plain_tile_bytes(kColumns, k_);
      for (std::uint32_t i = 0; i < n; ++i) std::memcpy(at + (std::size_t{first + i} * count + lane) * 4, x + i, 4);
    }
  }

  /// Multiplies row blocks [first, last) with the columns from `from_tile` on, `columns` of them; see PackedMatrix::multiply.
  void multiply(const KernelTable& kernels, const PackedMatrix& matrix, std::uint32_t first, std::uint32_t last,
                std::uint32_t from_tile, std::uint32_t columns, float* out, std::size_t stride, bool accumulate) const {
    const Memory& tiles = matrix.form() == TileForm::plain ? plain_tiles_ : quantised_tiles_;
    matrix.multiply(kernels, first, last, tiles.data() + from_tile * tile_bytes(matrix.form(), kColumns, k_), columns, out,
                    stride, accumulate);
  }

 private:
  bool plain_ = false, quantised_ = false;
  std::uint32_t k_ = 0;
  Memory plain_tiles_, quantised_tiles_;
};

}  // namespace lemma
