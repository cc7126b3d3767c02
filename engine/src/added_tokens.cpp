// The trie of AddedTokens: nodes in a vector, edges in one hash map.

#include "added_tokens.h"

namespace lemma {

void AddedTokens::add(std::string_view text, std::uint32_t token, bool control) {
  if (text.empty()) return;
  std::uint32_t node = 0;
  for (const char c : text) {
    const std::uint64_t edge = std::uint64_t{node} << 8U | static_cast<std::uint8_t>(c);
    if (const std::uint32_t* next = edges_.find(edge)) {
      node = *next;
    } else {
      node = static_cast<std::uint32_t>(nodes_.size());
      edges_.insert(edge, node);
      nodes_.emplace_back();
    }
  }
  if (nodes_[node].token != kNone) return;
  nodes_[node] = {token, control};
  starts_[static_cast<std::uint8_t>(text[0])] = true;
}

bool AddedTokens::match(std::string_view text, std::size_t at, std::size_t limit, bool control,
                        AddedMatch& found) const {
  std::uint32_t node = 0;
  bool any = false;
  for (std::size_t i = at; i < limit; ++i) {
    const std::uint32_t* next = edges_.find(std::uint64_t{node} << 8U | static_cast<std::uint8_t>(text[i]));
    if (next == nullptr) break;
    node = *next;
    if (nodes_[node].token != kNone && (control || !nodes_[node].control)) {
      found = {nodes_[node].token, i + 1};
      any = true;
    }
  }
  return any;
}

}  // namespace lemma
