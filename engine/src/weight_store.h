// A model's weights in memory: the file that they come from, room for their packed form, and all matrices. The packed form is a
// cache of the file: a bound on it costs speed, never a result.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "gguf.h"
#include "memory.h"
#include "packed_matrix.h"
#include "thread_pool.h"

namespace lemma {

/// How weights are held. `packed_bytes` bounds the memory for packed matrices; those that find no room are packed at each use.
struct WeightLimits {
  std::uint64_t packed_bytes = UINT64_MAX;
};

class WeightStore {
 public:
  WeightStore() = default;
  /// Room for matrices of `bytes` packed, within the limits. Keeps the file's bytes alive. Nothing is read or touched.
  static Result<WeightStore> create(const GgufFile& file, std::size_t bytes, const WeightLimits& limits);

  /// A [k, rows] tensor of the file as a matrix that is packed when it is used.
  PackedMatrix add(const GgufTensor& tensor, const std::function<std::uint32_t(std::uint32_t)>& source_row);
  /// The tensor's values as floats, rows and columns exchanged; packed when it is used.
  PackedMatrix add_transposed(const GgufTensor& tensor);
  /// The room for matrices that are made of something else than a tensor of the file.
  Arena& arena() { return arena_; }

  /// Packs what has room and is not packed yet, on all threads of the pool. Not within a run of it.
  void pack_all(ThreadPool& pool) const;
  /// Lets go of the file, after pack_all: false if a matrix without room still needs it.
  bool release_file();

  /// Bytes that the packed matrices take when all are packed, and that are packed now.
  std::uint64_t room() const { return arena_.used(); }
  std::uint64_t packed() const { return packed_ ? packed_->load(std::memory_order_relaxed) : 0; }

 private:
  std::shared_ptr<const void> file_;
  Arena arena_;
  std::unique_ptr<std::atomic<std::uint64_t>> packed_;   // behind a pointer: matrices count in it while the store moves
  std::vector<std::shared_ptr<RowBlocks>> matrices_;
};

}  // namespace lemma
