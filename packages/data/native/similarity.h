// The exact Jaccard similarity of two lists of hashes, taken as sets. Owns the table that they meet in; no sorting.
#pragma once

#include <cstdint>
#include <span>

#include "buffer.h"

namespace lemma_data {

class Similarity {
 public:
  /// |A ∩ B| / |A ∪ B| of lists of two words a hash; 0 where both are empty (jaccard.ts).
  double of(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

 private:
  struct Slot {
    std::uint64_t hash;
    std::uint32_t state;  // empty, of A, of B, of both
  };
  Buffer<Slot> slots_;
};

}  // namespace lemma_data
