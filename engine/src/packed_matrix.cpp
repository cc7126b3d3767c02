// Whole matrices: rows go into row blocks of 16, multiplications to the kernel of the type.

#include "packed_matrix.h"

#include "row_packing.h"
#include "weight_blocks.h"

namespace lemma {

std::size_t PackedMatrix::packed_bytes(const GgufTensor& tensor) {
  const std::uint64_t k = tensor.extents[0], blocks = (tensor.extents[1] + kRows - 1) / kRows;
  return blocks * lemma::row_block_bytes(tensor.type, static_cast<std::uint32_t>(k));
}

Result<PackedMatrix> PackedMatrix::pack(const GgufTensor& tensor, Arena& arena,
                                        const std::function<std::uint32_t(std::uint32_t)>& source_row) {
  PackedMatrix matrix;
  matrix.type_ = tensor.type;
  matrix.k_ = static_cast<std::uint32_t>(tensor.extents[0]);
  matrix.rows_ = static_cast<std::uint32_t>(tensor.extents[1]);
  const TensorTypeInfo& info = tensor_type_info(tensor.type);
  const std::size_t row_bytes = std::size_t{matrix.k_} / info.block_elements * info.block_bytes;
  matrix.row_block_bytes_ = lemma::row_block_bytes(matrix.type_, matrix.k_);
  std::uint8_t* data = arena.take(matrix.bytes());
  if (data == nullptr) return Status::error(Code::internal, "the weight arena is too small");
  matrix.data_ = data;
  for (std::uint32_t row = 0; row < matrix.rows_; ++row) {
    const std::uint32_t from = source_row ? source_row(row) : row;
    const std::uint8_t* source = tensor.data.data() + from * row_bytes;
    std::uint8_t* block = data + row / kRows * matrix.row_block_bytes_;
    pack_row(tensor.type, source, matrix.k_, row % kRows, block);
  }
  // Padding rows of quantised types have scale 0, so that their biased quants don't matter.
  return matrix;
}

void PackedMatrix::multiply(const KernelTable& kernels, std::uint32_t first, std::uint32_t last, const std::uint8_t* tiles,
                            std::uint32_t columns, float* out, std::size_t stride, bool accumulate) const {
  const MatmulArgs args = {.weights = row_block(first),
                           .row_block_bytes = row_block_bytes_,
                           .row_blocks = last - first,
                           .k = k_,
                           .tiles = tiles,
                           .tile_bytes = tile_bytes(form(), kColumns, k_),
                           .columns = columns,
                           .out = out,
                           .out_stride = stride,
                           .accumulate = accumulate};
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
  unpack_row(type_, row_block(row / kRows), k_, row % kRows, out);
}

std::size_t tile_bytes(TileForm form, std::uint32_t columns, std::uint32_t k) {
  return form == TileForm::quantised ? quantised_tile_bytes(columns, k) : plain_tile_bytes(columns, k);
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
