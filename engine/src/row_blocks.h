// The packed row blocks of one matrix, made when they are first needed. The file's rows are the truth; packing only moves bits
// (row_packing.h), so it doesn't matter when it happens, or how often.
//
// A matrix that got a place in the weight store keeps its packed blocks there: whichever thread needs a block first packs it, others
// that need it wait. A matrix without one is packed anew at each use, a block at a time, into the using thread's own buffer.
// Blocks are packed independently, so a model's experts, or the rows of an embedding, cost memory only where they are used.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "gguf.h"
#include "kernels/kernels.h"

namespace lemma {

class RowBlocks {
 public:
  /// `tensor`'s bytes must live until all blocks are packed (for ever, without a place). `source_row(r)` says which row of the
  /// file becomes row r; empty means the same one; it is not called later. `place`: zeroed memory for all blocks, or null.
  /// `packed` counts bytes that were packed into places; it may be null.
  RowBlocks(const GgufTensor& tensor, const std::function<std::uint32_t(std::uint32_t)>& source_row, std::uint8_t* place,
            std::atomic<std::uint64_t>* packed);
  /// A [k, rows] tensor's values as floats with rows and columns exchanged: a matrix of k rows, each of `rows` elements. For
  /// multiplications only: its rows can't be read.
  static std::shared_ptr<RowBlocks> transposed(const GgufTensor& tensor, std::uint8_t* place, std::atomic<std::uint64_t>* packed);

  bool has_place() const { return place_ != nullptr; }
  std::uint32_t count() const { return (rows_ + kRows - 1) / kRows; }
  std::size_t block_bytes() const { return block_bytes_; }
  /// The blocks [first, last), packed and side by side. Only with a place. From any thread.
  const std::uint8_t* ready(std::uint32_t first, std::uint32_t last);
  /// One block, packed into this thread's buffer; valid until its next call.
  const std::uint8_t* fresh(std::uint32_t block) const;
  /// One row as floats: from its block if that is packed, else from the file.
  void read_row(std::uint32_t row, float* out) const;

 private:
  enum State : std::uint8_t { kAbsent, kBusy, kReady };

  const std::uint8_t* source(std::uint32_t row) const {
    return data_ + (source_rows_.empty() ? row : source_rows_[row]) * row_bytes_;
  }
  void pack(std::uint32_t block, std::uint8_t* out) const;
  void pack_transposed(std::uint32_t block, std::uint8_t* out) const;
  void wait_for(std::uint32_t block);

  RowBlocks(TensorType source, TensorType type, std::uint32_t rows, std::uint32_t k, const GgufTensor& tensor, std::uint8_t* place,
            std::atomic<std::uint64_t>* packed);

  const TensorType source_, type_;             // in the file, packed: they differ in a transposed matrix only
  const std::uint32_t rows_, k_;
  const std::size_t row_bytes_, block_bytes_;
  const std::uint8_t* data_;                   // the file's rows
  bool is_transposed_ = false;
  std::vector<std::uint32_t> source_rows_;     // empty: in the file's order
  std::uint8_t* place_;
  std::unique_ptr<std::atomic<std::uint8_t>[]> states_;
  std::atomic<std::uint32_t> left_;            // blocks that are not ready
  std::atomic<std::uint64_t>* packed_;
};

}  // namespace lemma
