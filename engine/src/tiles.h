// The activations of one matrix multiplication in the tile layout of kernels.h, in the forms that its matrices want. Rows may be
// written by different threads, also in pieces.
#pragma once

#include <cstring>

#include "half.h"
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
    for (const TileForm form : {TileForm::plain, TileForm::bf16, TileForm::quantised}) {
      LEMMA_ASSIGN(memory(form), Memory::allocate(wanted(form) ? tiles * tile_bytes(form, kColumns, k) : 0, "activations"));
    }
    return {};
  }
  void wants(const PackedMatrix& matrix) { wanted_[index(matrix.form())] = true; }
  bool quantised() const { return wanted(TileForm::quantised); }

  /// Writes elements [first, first + n) of token `column` of `columns`. The quantised form needs multiples of 32, bf16 an even `first`.
  void write(const KernelTable& kernels, std::uint32_t columns, std::uint32_t column, std::uint32_t first, std::uint32_t n,
             const float* x) {
    const std::uint32_t tile = column / kColumns, lane = column % kColumns;
    const std::uint32_t count = columns - tile * kColumns < kColumns ? columns - tile * kColumns : kColumns;
    if (wanted(TileForm::quantised))
      kernels.quantise(x, n / kBlock, place(TileForm::quantised, tile, count, first), count, lane);
    if (wanted(TileForm::bf16)) {
      std::uint8_t* at = place(TileForm::bf16, tile, count, first) + lane * 4;
      for (std::uint32_t i = 0; i < n; i += 2, at += count * 4) {
        const std::uint16_t pair[2] = {float_to_bfloat(x[i]), i + 1 < n ? float_to_bfloat(x[i + 1]) : std::uint16_t{0}};
        std::memcpy(at, pair, 4);
      }
    }
    if (wanted(TileForm::plain)) {
      std::uint8_t* at = place(TileForm::plain, tile, count, first) + lane * 4;
      for (std::uint32_t i = 0; i < n; ++i, at += count * 4) std::memcpy(at, x + i, 4);
    }
  }

  /// Multiplies row blocks [first, last) with the columns from `from_tile` on, `columns` of them; see PackedMatrix::multiply.
  void multiply(const KernelTable& kernels, const PackedMatrix& matrix, std::uint32_t first, std::uint32_t last,
                std::uint32_t from_tile, std::uint32_t columns, float* out, std::size_t stride, bool accumulate) const {
    const TileForm form = matrix.form();
    matrix.multiply(kernels, first, last, memory_[index(form)].data() + from_tile * tile_bytes(form, kColumns, k_), columns, out, stride,
                    accumulate);
  }

 private:
  static constexpr std::size_t index(TileForm form) { return static_cast<std::size_t>(form); }
  bool wanted(TileForm form) const { return wanted_[index(form)]; }
  Memory& memory(TileForm form) { return memory_[index(form)]; }
  // Element `first` of a tile of `count` columns.
  std::uint8_t* place(TileForm form, std::uint32_t tile, std::uint32_t count, std::uint32_t first) {
    return memory(form).data() + tile * tile_bytes(form, kColumns, k_) + tile_bytes(form, count, first);
  }

  bool wanted_[3] = {};
  std::uint32_t k_ = 0;
  Memory memory_[3];
};

}  // namespace lemma
