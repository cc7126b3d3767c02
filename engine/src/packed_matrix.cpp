// Multiplications go to the kernel of the type.

#include "packed_matrix.h"

#include <utility>

#include "row_packing.h"
#include "weight_blocks.h"

namespace lemma {

std::size_t PackedMatrix::packed_bytes(const GgufTensor& tensor) {
  const std::uint64_t k = tensor.extents[0], blocks = (tensor.extents[1] + kRows - 1) / kRows;
  return blocks * lemma::row_block_bytes(tensor.type, static_cast<std::uint32_t>(k));
}

PackedMatrix::PackedMatrix(const GgufTensor& tensor, std::shared_ptr<RowBlocks> blocks, bool streamed)
    : type_(tensor.type), rows_(static_cast<std::uint32_t>(tensor.extents[1])), k_(static_cast<std::uint32_t>(tensor.extents[0])),
      streamed_(streamed), blocks_(std::move(blocks)) {}

Result<PackedMatrix> PackedMatrix::pack(const GgufTensor& tensor, Arena& arena,
                                        const std::function<std::uint32_t(std::uint32_t)>& source_row) {
  std::uint8_t* place = arena.take(packed_bytes(tensor));
  if (place == nullptr) return Status::error(Code::internal, "the weight arena is too small");
  PackedMatrix matrix(tensor, std::make_shared<RowBlocks>(tensor, source_row, place, nullptr), packed_bytes(tensor) > kCachedBytes);
  matrix.blocks_->ready(0, matrix.row_blocks());
  return matrix;
}

void PackedMatrix::multiply(const KernelTable& kernels, std::uint32_t first, std::uint32_t last, const std::uint8_t* tiles,
                            std::uint32_t columns, float* out, std::size_t stride, bool accumulate) const {
  if (blocks_->has_place())
    return run_kernel(kernels, blocks_->ready(first, last), last - first, tiles, columns, out, stride, accumulate);
  for (std::uint32_t block = first; block < last; ++block, out += kRows)
    run_kernel(kernels, blocks_->fresh(block), 1, tiles, columns, out, stride, accumulate);
}

void PackedMatrix::run_kernel(const KernelTable& kernels, const std::uint8_t* weights, std::uint32_t blocks, const std::uint8_t* tiles,
                              std::uint32_t columns, float* out, std::size_t stride, bool accumulate) const {
  const MatmulArgs args = {.weights = weights,
                           .row_block_bytes = blocks_->block_bytes(),
                           .row_blocks = blocks,
                           .k = k_,
                           .tiles = tiles,
                           .tile_bytes = tile_bytes(form(), kColumns, k_),
                           .columns = columns,
                           .out = out,
                           .out_stride = stride,
                           .accumulate = accumulate,
                           .streamed = streamed_};
  switch (type_) {
    case TensorType::f32: return kernels.matmul_f32(args);
    case TensorType::f16: return kernels.matmul_f16(args);
    case TensorType::bf16: return kernels.matmul_bf16(args);
    case TensorType::q8_0: return kernels.matmul_q8_0(args);
    case TensorType::q4_0: return kernels.matmul_q4_0(args);
    case TensorType::q4_k: return kernels.matmul_q4_k(args);
    case TensorType::q5_k: return kernels.matmul_q5_k(args);
    case TensorType::q6_k: return kernels.matmul_q6_k(args);
  }
}

void PackedMatrix::read_row(std::uint32_t row, float* out) const {
  blocks_->read_row(row, out);
}

std::size_t tile_bytes(TileForm form, std::uint32_t columns, std::uint32_t k) {
  switch (form) {
    case TileForm::plain: return plain_tile_bytes(columns, k);
    case TileForm::bf16: return bf16_tile_bytes(columns, k);
    case TileForm::quantised: return quantised_tile_bytes(columns, k);
  }
  return 0;
}

Result<std::vector<float>> read_vector(const GgufFile& file, const GgufTensor& tensor) {
  const TensorTypeInfo& info = tensor_type_info(tensor.type);
  if (is_quantised(tensor.type))
    return Status::error(Code::model_unsupported, file.path() + ": tensor " + std::string(tensor.name) +
                                                      ": expected F32, F16 or BF16 for a vector, found " + info.name);
  std::vector<float> values(tensor.elements());
  weight_values(tensor.type, tensor.data.data(), values.size(), values.data());
  return values;
}

}  // namespace lemma
