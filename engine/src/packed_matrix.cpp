// Packing: from GGUF's rows to blocks of 16 interleaved rows (the layout is specified in kernels/kernels.h).

#include "packed_matrix.h"

#include <cstring>

#include "half.h"

namespace lemma {
namespace {

constexpr std::uint8_t kSignFlip = 0x80;

void pack_q8_row(const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint8_t* block) {
  std::uint8_t* quants = block + q8_scale_bytes(k);
  for (std::uint32_t b = 0; b < k / kBlock; ++b, source += 34) {
    std::memcpy(block + (std::size_t{b} * kRows + lane) * 2, source, 2);
    for (std::uint32_t quad = 0; quad < 8; ++quad) {
      std::uint32_t four;
      std::memcpy(&four, source + 2 + quad * 4, 4);
      four ^= 0x80808080U;
      std::memcpy(quants + ((std::size_t{b} * 8 + quad) * kRows + lane) * 4, &four, 4);
    }
  }
}

void pack_plain_row(const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint32_t bytes, std::uint8_t* block) {
  for (std::uint32_t i = 0; i < k; ++i)
    std::memcpy(block + (std::size_t{i} * kRows + lane) * bytes, source + std::size_t{i} * bytes, bytes);
}

float read_element(TensorType type, const std::uint8_t* at) {
  if (type == TensorType::f32) {
    float value;
    std::memcpy(&value, at, 4);
    return value;
  }
  std::uint16_t half;
  std::memcpy(&half, at, 2);
  return type == TensorType::f16 ? half_to_float(half) : bfloat_to_float(half);
}

}  // namespace

std::size_t PackedMatrix::packed_bytes(const GgufTensor& tensor) {
  const std::uint64_t k = tensor.extents[0], blocks = (tensor.extents[1] + kRows - 1) / kRows;
  const TensorTypeInfo& info = tensor_type_info(tensor.type);
  return blocks * (tensor.type == TensorType::q8_0 ? q8_scale_bytes(static_cast<std::uint32_t>(k)) + k * kRows
                                                   : k * info.block_bytes * kRows);
}

Result<PackedMatrix> PackedMatrix::pack(const GgufTensor& tensor, Arena& arena,
                                        const std::function<std::uint32_t(std::uint32_t)>& source_row) {
  PackedMatrix matrix;
  matrix.type_ = tensor.type;
  matrix.k_ = static_cast<std::uint32_t>(tensor.extents[0]);
  matrix.rows_ = static_cast<std::uint32_t>(tensor.extents[1]);
  const TensorTypeInfo& info = tensor_type_info(tensor.type);
  const std::size_t row_bytes = std::size_t{matrix.k_} / info.block_elements * info.block_bytes;
  matrix.row_block_bytes_ = packed_bytes(tensor) / matrix.row_blocks();
  std::uint8_t* data = arena.take(matrix.bytes());
  if (data == nullptr) return Status::error(Code::internal, "the weight arena is too small");
  matrix.data_ = data;
  for (std::uint32_t row = 0; row < matrix.rows_; ++row) {
    const std::uint32_t from = source_row ? source_row(row) : row;
    const std::uint8_t* source = tensor.data.data() + from * row_bytes;
    std::uint8_t* block = data + row / kRows * matrix.row_block_bytes_;
    if (tensor.type == TensorType::q8_0)
      pack_q8_row(source, matrix.k_, row % kRows, block);
    else
      pack_plain_row(source, matrix.k_, row % kRows, info.block_bytes, block);
  }
  // Padding rows of Q8_0 have scale 0, so that their biased quants don't matter.
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
  }
}

void PackedMatrix::read_row(std::uint32_t row, float* out) const {
  const std::uint8_t* block = row_block(row / kRows);
  const std::uint32_t lane = row % kRows;
  if (type_ != TensorType::q8_0) {
    const std::uint32_t bytes = tensor_type_info(type_).block_bytes;
    for (std::uint32_t i = 0; i < k_; ++i) out[i] = read_element(type_, block + (std::size_t{i} * kRows + lane) * bytes);
    return;
  }
  const std::uint8_t* quants = block + q8_scale_bytes(k_);
  for (std::uint32_t b = 0; b < k_ / kBlock; ++b) {
    const float scale = read_element(TensorType::f16, block + (std::size_t{b} * kRows + lane) * 2);
    for (std::uint32_t i = 0; i < kBlock; ++i) {
      const std::uint8_t quant = quants[((std::size_t{b} * 8 + i / 4) * kRows + lane) * 4 + i % 4];
      out[b * kBlock + i] = scale * static_cast<float>(static_cast<std::int8_t>(quant ^ kSignFlip));
    }
  }
}

std::size_t tile_bytes(TileForm form, std::uint32_t columns, std::uint32_t k) {
  return form == TileForm::quantised ? quantised_tile_bytes(columns, k) : plain_tile_bytes(columns, k);
}

Result<std::vector<float>> read_vector(const GgufFile& file, const GgufTensor& tensor) {
  if (tensor.type == TensorType::q8_0)
    return Status::error(Code::model_unsupported, file.path() + ": tensor " + std::string(tensor.name) +
                                                      ": expected F32, F16 or BF16 for a vector, found Q8_0");
  const std::uint32_t bytes = tensor_type_info(tensor.type).block_bytes;
  std::vector<float> values(tensor.elements());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = read_element(tensor.type, tensor.data.data() + i * bytes);
  return values;
}

}  // namespace lemma
