// Finds full KV pages by their content: the page's tokens, all tokens before them, and the salt that keeps tenants apart.
// Owns an index over page numbers; memory and holders belong to the page pool.
//
// An entry is a page whose kPageTokens tokens are known, under its parent (the entry of the page before; none for a first page,
// which has the salt instead). So entries are trees, and the path from a root is the whole prefix.
// Invariants:
//  - A hit is exact: a 64-bit hash finds candidates, then parent, tokens and (of a first page) the salt are compared. A parent is
//    compared by its page number, which names the same prefix as long as the entry stands; an entry with children is never evicted.
//  - An entry is busy (some sequence holds its page) or idle. The children of an idle one are idle: who holds a page holds those
//    before it. So all idle entries can be evicted, leaves first, the least recently used one first.
//  - Hashes are seeded afresh in each process, so nobody can prepare prompts that collide.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lemma {

class PrefixCache {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  PrefixCache() = default;
  explicit PrefixCache(std::uint32_t pages);

  /// Names a page by content for as long as its parent stands; equal content gives equal keys, other content most likely not.
  std::uint64_t key(std::uint32_t parent, std::string_view salt, std::span<const std::uint32_t> tokens) const;
  /// The page with this content, or kNone. `parent` is an entry or kNone; `salt` counts only without parent.
  std::uint32_t find(std::uint32_t parent, std::string_view salt, std::span<const std::uint32_t> tokens) const;
  /// Makes a busy entry of a page; its content must not be there yet.
  void insert(std::uint32_t page, std::uint32_t parent, std::string_view salt, std::span<const std::uint32_t> tokens);
  bool contains(std::uint32_t page) const { return entries_[page].present; }
  bool is_idle(std::uint32_t page) const { return entries_[page].idle; }

  /// The page's last holder went: from now on it may be evicted.
  void retire(std::uint32_t page);
  /// Somebody holds the page again.
  void revive(std::uint32_t page);
  /// Forgets the least recently used idle leaf and gives its page; there must be an idle entry.
  std::uint32_t evict();
  std::uint32_t idle() const { return idle_; }
  /// Forgets everything, and gives the pages that were idle.
  std::vector<std::uint32_t> clear();

 private:
  struct Entry {
    std::uint64_t key = 0;
    std::uint64_t used = 0;        // when it became idle
    std::uint32_t parent = kNone;
    std::uint32_t children = 0;
    bool present = false, idle = false;
  };

  const std::uint32_t* tokens_of(std::uint32_t page) const;

  std::uint64_t secret_ = 0;
  std::uint64_t clock_ = 0;
  std::uint32_t idle_ = 0;
  std::vector<Entry> entries_;                              // by page
  std::vector<std::uint32_t> tokens_;                       // kPageTokens a page
  std::unordered_map<std::uint32_t, std::string> salts_;    // of first pages
  std::unordered_multimap<std::uint64_t, std::uint32_t> index_;    // key -> page
  std::set<std::pair<std::uint64_t, std::uint32_t>> leaves_;       // idle ones: (used, page)
};

}  // namespace lemma
