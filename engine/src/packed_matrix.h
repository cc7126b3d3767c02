// One weight matrix in the packed layout of kernels.h, and which kernel multiplies it. When and where it is packed is the matter of
// its row blocks. Copies share them.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gguf.h"
#include "kernels/kernels.h"
#include "memory.h"
#include "row_blocks.h"
#include "tensor_type.h"

namespace lemma {

/// How a matrix wants its activations laid out.
enum class TileForm : std::uint8_t { plain, bf16, quantised };

/// A float tensor of a [k, rows] tensor's shape with rows and columns exchanged, without data.
inline GgufTensor transposed_shape(const GgufTensor& tensor) {
  return {tensor.name, TensorType::f32, 2, {tensor.extents[1], tensor.extents[0], 1, 1}, {}};
}

/// Weights up to this size in all stay in the caches of the cores that use them; larger ones stream from memory in each pass.
constexpr std::size_t kCachedBytes = std::size_t{4} << 20;

class PackedMatrix {
 public:
  PackedMatrix() = default;
  /// A [k, rows] tensor with its row blocks; `streamed`: its weights come from memory in each pass.
  PackedMatrix(const GgufTensor& tensor, std::shared_ptr<RowBlocks> blocks, bool streamed);
  /// Bytes that a [k, rows] tensor takes when packed.
  static std::size_t packed_bytes(const GgufTensor& tensor);
  /// Packs a [k, rows] tensor at once into the next piece of the arena; its bytes are not needed afterwards. `source_row(r)` says
  /// which row of the tensor becomes row r; empty means the same one.
  static Result<PackedMatrix> pack(const GgufTensor& tensor, Arena& arena,
                                   const std::function<std::uint32_t(std::uint32_t)>& source_row = {});

  std::uint32_t rows() const { return rows_; }
  std::uint32_t row_blocks() const { return (rows_ + kRows - 1) / kRows; }
  std::uint32_t k() const { return k_; }
  TensorType type() const { return type_; }
  std::size_t bytes() const { return blocks_ ? blocks_->block_bytes() * row_blocks() : 0; }
  TileForm form() const {
    return is_quantised(type_) ? TileForm::quantised : type_ == TensorType::bf16 ? TileForm::bf16 : TileForm::plain;
  }

  /// out[c * stride + r] (+)= dot of row r and column c for the row blocks [first, last); `out` is the place of row `first` * 16.
  void multiply(const KernelTable& kernels, std::uint32_t first, std::uint32_t last, const std::uint8_t* tiles,
                std::uint32_t columns, float* out, std::size_t stride, bool accumulate) const;
  /// One row as floats (k of them): an embedding look-up.
  void read_row(std::uint32_t row, float* out) const;

 private:
  void run_kernel(const KernelTable& kernels, const std::uint8_t* weights, std::uint32_t blocks, const std::uint8_t* tiles,
                  std::uint32_t columns, float* out, std::size_t stride, bool accumulate) const;

  TensorType type_ = TensorType::f32;
  std::uint32_t rows_ = 0, k_ = 0;
  bool streamed_ = false;
  std::shared_ptr<RowBlocks> blocks_;
};

/// Bytes of a full tile of `k` elements in a form.
std::size_t tile_bytes(TileForm form, std::uint32_t columns, std::uint32_t k);

/// A vector tensor (norm weight, bias) as floats; F32, F16 or BF16.
Result<std::vector<float>> read_vector(const GgufFile& file, const GgufTensor& tensor);

}  // namespace lemma
