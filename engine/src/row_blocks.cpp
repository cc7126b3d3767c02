// Packing at first use, with one atomic byte a block.

#include "row_blocks.h"

#include <cstring>
#include <thread>

#include "row_packing.h"
#include "weight_blocks.h"

namespace lemma {

RowBlocks::RowBlocks(TensorType source, TensorType type, std::uint32_t rows, std::uint32_t k, const GgufTensor& tensor,
                     std::uint8_t* place, std::atomic<std::uint64_t>* packed)
    : source_(source), type_(type), rows_(rows), k_(k),
      row_bytes_(tensor.extents[0] / tensor_type_info(source).block_elements * tensor_type_info(source).block_bytes),
      block_bytes_(row_block_bytes(type, k)), data_(tensor.data.data()), place_(place), left_(count()), packed_(packed) {
  if (place_ != nullptr) states_ = std::make_unique<std::atomic<std::uint8_t>[]>(count());
}

RowBlocks::RowBlocks(const GgufTensor& tensor, const std::function<std::uint32_t(std::uint32_t)>& source_row, std::uint8_t* place,
                     std::atomic<std::uint64_t>* packed)
    : RowBlocks(tensor.type, tensor.type, static_cast<std::uint32_t>(tensor.extents[1]), static_cast<std::uint32_t>(tensor.extents[0]),
                tensor, place, packed) {
  if (!source_row) return;
  source_rows_.resize(rows_);
  for (std::uint32_t row = 0; row < rows_; ++row) source_rows_[row] = source_row(row);
}

std::shared_ptr<RowBlocks> RowBlocks::transposed(const GgufTensor& tensor, std::uint8_t* place, std::atomic<std::uint64_t>* packed) {
  auto* blocks = new RowBlocks(tensor.type, TensorType::f32, static_cast<std::uint32_t>(tensor.extents[0]),
                               static_cast<std::uint32_t>(tensor.extents[1]), tensor, place, packed);
  blocks->is_transposed_ = true;
  return std::shared_ptr<RowBlocks>(blocks);
}

// Padding rows stay zero: those of quantised types then have scale 0, so that their biased quants don't matter.
void RowBlocks::pack(std::uint32_t block, std::uint8_t* out) const {
  if (is_transposed_) return pack_transposed(block, out);
  const std::uint32_t first = block * kRows, end = first + kRows < rows_ ? first + kRows : rows_;
  for (std::uint32_t row = first; row < end; ++row) pack_row(type_, source(row), k_, row % kRows, out);
}

// A packed block of floats holds, for each k, the values of 16 rows: here 16 neighbours of the file's row k.
void RowBlocks::pack_transposed(std::uint32_t block, std::uint8_t* out) const {
  const TensorTypeInfo& info = tensor_type_info(source_);
  const std::uint32_t first = block * kRows, count = rows_ - first < kRows ? rows_ - first : kRows;
  const std::uint32_t start = first / info.block_elements * info.block_elements;  // a quantised block holds all of them
  float values[kSuperBlock];
  for (std::uint32_t row = 0; row < k_; ++row) {
    const std::uint8_t* at = source(row) + std::size_t{start} / info.block_elements * info.block_bytes;
    weight_values(source_, at, info.block_elements > 1 ? info.block_elements : count, values);
    std::memcpy(out + std::size_t{row} * kRows * sizeof(float), values + (first - start), count * sizeof(float));
  }
}

const std::uint8_t* RowBlocks::ready(std::uint32_t first, std::uint32_t last) {
  if (left_.load(std::memory_order_acquire) != 0)
    for (std::uint32_t block = first; block < last; ++block)
      if (states_[block].load(std::memory_order_acquire) != kReady) wait_for(block);
  return place_ + first * block_bytes_;
}

void RowBlocks::wait_for(std::uint32_t block) {
  std::atomic<std::uint8_t>& state = states_[block];
  std::uint8_t expected = kAbsent;
  if (!state.compare_exchange_strong(expected, kBusy, std::memory_order_acquire)) {
    while (state.load(std::memory_order_acquire) != kReady) std::this_thread::yield();
    return;
  }
  pack(block, place_ + block * block_bytes_);
  state.store(kReady, std::memory_order_release);
  left_.fetch_sub(1, std::memory_order_acq_rel);
  if (packed_ != nullptr) packed_->fetch_add(block_bytes_, std::memory_order_relaxed);
}

const std::uint8_t* RowBlocks::fresh(std::uint32_t block) const {
  thread_local std::vector<std::uint8_t> buffer;
  if (buffer.size() < block_bytes_) buffer.resize(block_bytes_);
  if ((block + 1) * kRows > rows_) std::memset(buffer.data(), 0, block_bytes_);
  pack(block, buffer.data());
  return buffer.data();
}

void RowBlocks::read_row(std::uint32_t row, float* out) const {
  const std::uint32_t block = row / kRows;
  if (place_ != nullptr && states_[block].load(std::memory_order_acquire) == kReady)
    return unpack_row(type_, place_ + block * block_bytes_, k_, row % kRows, out);
  weight_values(type_, source(row), k_, out);
}

}  // namespace lemma
