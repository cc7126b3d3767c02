// Two ways to the same tokens: rescanning for short pieces (the usual case), a heap over a linked list for long ones.

#include "bpe.h"

#include <queue>

namespace lemma {

void BpeMerges::encode(std::string_view piece, std::vector<std::uint32_t>& out) const {
  if (piece.size() == 1) {
    out.push_back(bytes_[static_cast<std::uint8_t>(piece[0])]);
  } else if (piece.size() <= kShort) {
    encode_short(piece, out);
  } else {
    encode_long(piece, out);
  }
}

void BpeMerges::encode_short(std::string_view piece, std::vector<std::uint32_t>& out) const {
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t token[kShort];
  Merge merge[kShort];  // of token i with token i + 1
  std::size_t count = piece.size();
  for (std::size_t i = 0; i < count; ++i) token[i] = bytes_[static_cast<std::uint8_t>(piece[i])];
  const auto look_up = [&](std::size_t i) {
    const Merge* found = i + 1 < count ? merges_.find(key(token[i], token[i + 1])) : nullptr;
    merge[i] = found != nullptr ? *found : Merge{kNone, 0};
  };
  for (std::size_t i = 0; i < count; ++i) look_up(i);
  while (count > 1) {
    std::size_t best = 0;
    for (std::size_t i = 1; i + 1 < count; ++i) {
      if (merge[i].rank < merge[best].rank) best = i;
    }
    if (merge[best].rank == kNone) break;
    token[best] = merge[best].result;
    --count;
    for (std::size_t i = best + 1; i < count; ++i) {
      token[i] = token[i + 1];
      merge[i] = merge[i + 1];
    }
    look_up(best);
    if (best > 0) look_up(best - 1);
  }
  out.insert(out.end(), token, token + count);
}

void BpeMerges::encode_long(std::string_view piece, std::vector<std::uint32_t>& out) const {
  constexpr std::size_t kEnd = SIZE_MAX;
  struct Symbol {
    std::uint32_t token;
    bool alive;
    std::size_t previous;
    std::size_t next;
  };
  struct Candidate {
    std::uint32_t rank;
    std::uint32_t result;
    std::uint32_t left;   // the tokens it was made for: stale if they changed
    std::uint32_t right;
    std::size_t at;
    bool operator<(const Candidate& other) const {  // std::priority_queue keeps the greatest: invert
      return rank != other.rank ? rank > other.rank : at > other.at;
    }
  };
  std::vector<Symbol> symbols(piece.size());
  for (std::size_t i = 0; i < piece.size(); ++i) {
    symbols[i] = {bytes_[static_cast<std::uint8_t>(piece[i])], true, i == 0 ? kEnd : i - 1,
                  i + 1 == piece.size() ? kEnd : i + 1};
  }
  std::vector<Candidate> storage;
  storage.reserve(piece.size());
  std::priority_queue<Candidate> queue({}, std::move(storage));
  const auto offer = [&](std::size_t at) {
    if (at == kEnd || symbols[at].next == kEnd) return;
    const std::uint32_t left = symbols[at].token;
    const std::uint32_t right = symbols[symbols[at].next].token;
    if (const Merge* found = merges_.find(key(left, right))) queue.push({found->rank, found->result, left, right, at});
  };
  for (std::size_t i = 0; i < symbols.size(); ++i) offer(i);
  while (!queue.empty()) {
    const Candidate best = queue.top();
    queue.pop();
    Symbol& symbol = symbols[best.at];
    if (!symbol.alive || symbol.token != best.left || symbol.next == kEnd) continue;
    Symbol& gone = symbols[symbol.next];
    if (gone.token != best.right) continue;
    symbol.token = best.result;
    gone.alive = false;
    symbol.next = gone.next;
    if (gone.next != kEnd) symbols[gone.next].previous = best.at;
    offer(best.at);
    offer(symbol.previous);
  }
  for (std::size_t at = 0; at != kEnd; at = symbols[at].next) out.push_back(symbols[at].token);
}

}  // namespace lemma
