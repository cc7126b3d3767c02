// Packing at first use, with one atomic byte a block.

#include "row_blocks.h"

#include <cstring>
#include <thread>

#include "row_packing.h"
#include "weight_blocks.h"

namespace lemma {

RowBlocks::RowBlocks(const GgufTensor& tensor, const std::function<std::uint32_t(std::uint32_t)>& source_row, std::uint8_t* place,
                     std::atomic<std::uint64_t>* packed)
    : type_(tensor.type), rows_(static_cast<std::uint32_t>(tensor.extents[1])), k_(static_cast<std::uint32_t>(tensor.extents[0])),
      row_bytes_(std::size_t{k_} / tensor_type_info(tensor.type).block_elements * tensor_type_info(tensor.type).block_bytes),
      block_bytes_(row_block_bytes(tensor.type, k_)), data_(tensor.data.data()), place_(place), left_(count()), packed_(packed) {
  if (source_row) {
    source_rows_.resize(rows_);
    for (std::uint32_t row = 0; row < rows_; ++row) source_rows_[row] = source_row(row);
  }
  if (place_ != nullptr) states_ = std::make_unique<std::atomic<std::uint8_t>[]>(count());
}

// Padding rows stay zero: those of quantised types then have scale 0, so that their biased quants don't matter.
void RowBlocks::pack(std::uint32_t block, std::uint8_t* out) const {
  const std::uint32_t first = block * kRows, end = first + kRows < rows_ ? first + kRows : rows_;
  for (std::uint32_t row = first; row < end; ++row) pack_row(type_, source(row), k_, row % kRows, out);
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
