// Byte-pair merging of one piece of text: the pair with the lowest rank first, the leftmost of equals. Owns the merge table;
// knows nothing of how text is split into pieces.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "flat_map.h"

namespace lemma {

class BpeMerges {
 public:
  /// The token of each single byte.
  void set_byte(std::uint8_t byte, std::uint32_t token) { bytes_[byte] = token; }
  /// The next merge in rank order; a pair that already has a rank keeps it.
  void add(std::uint32_t left, std::uint32_t right, std::uint32_t result) {
    merges_.insert(key(left, right), {next_rank_++, result});
  }
  void reserve(std::size_t merges) { merges_.reserve(merges); }

  /// Appends the tokens of `piece`. O(n) merges of a short piece by scanning, O(n log n) by a heap otherwise.
  void encode(std::string_view piece, std::vector<std::uint32_t>& out) const;

 private:
  struct Merge {
    std::uint32_t rank;
    std::uint32_t result;
  };
  static constexpr std::size_t kShort = 48;  // symbols up to which rescanning beats a heap

  static std::uint64_t key(std::uint32_t left, std::uint32_t right) { return std::uint64_t{left} << 32U | right; }
  void encode_short(std::string_view piece, std::vector<std::uint32_t>& out) const;
  void encode_long(std::string_view piece, std::vector<std::uint32_t>& out) const;

  std::array<std::uint32_t, 256> bytes_{};
  FlatMap<Merge> merges_;
  std::uint32_t next_rank_ = 0;
};

}  // namespace lemma
