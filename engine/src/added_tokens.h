// Finds added tokens (control and user-defined ones) in text: the leftmost, and of those that begin there the longest. A byte
// trie; knows nothing of BPE.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "flat_map.h"

namespace lemma {

/// A found token and where it ends.
struct AddedMatch {
  std::uint32_t token;
  std::size_t end;
};

class AddedTokens {
 public:
  AddedTokens() : nodes_(1) {}

  /// Adds a token; an empty text is ignored, and of two equal texts the first stays.
  void add(std::string_view text, std::uint32_t token, bool control);

  bool can_start(char c) const { return starts_[static_cast<std::uint8_t>(c)]; }

  /// The longest token at `at` that ends at or before `limit`; control tokens only if `control`. False if there is none.
  bool match(std::string_view text, std::size_t at, std::size_t limit, bool control, AddedMatch& found) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Node {
    std::uint32_t token = kNone;
    bool control = false;
  };

  std::bitset<256> starts_;
  std::vector<Node> nodes_;  // 0 is the root
  FlatMap<std::uint32_t> edges_;  // node << 8 | byte -> node
};

}  // namespace lemma
