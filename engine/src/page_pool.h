// Owns the memory of the KV cache: pages of kPageTokens tokens, all layers of a model in one page, and how many sequences hold
// each. Knows nothing of tokens; which pages are kept for later and who gets one is kv_cache.h's matter.
//
// Invariants: a page is free or taken; a taken one has any number of holders, none included. Pages are memory of the system
// only once they have been written or prepared.
#pragma once

#include <cstdint>
#include <vector>

#include "memory.h"

namespace lemma {

class PagePool {
 public:
  static Result<PagePool> create(std::uint32_t pages, std::size_t page_bytes);

  /// A page with one holder; there must be a free one.
  std::uint32_t take();
  void hold(std::uint32_t page) { ++holders_[page]; }
  /// One holder less; true if that was the last: then the page is kept until hold() or give_back().
  bool drop(std::uint32_t page) { return --holders_[page] == 0; }
  /// Frees a page without holders.
  void give_back(std::uint32_t page);
  /// Gives pages that nobody has had yet their memory, lowest first and `most` at most, until `ahead` of them are ready: so the system's
  /// clearing of fresh memory is spread over steps, and not all in the step in which many choices begin a page. False: they were ready.
  bool prepare(std::uint32_t ahead, std::uint32_t most);
  /// Copies a page's content over another's.
  void copy(std::uint32_t from, std::uint32_t to);

  std::uint8_t* data() const { return memory_.data(); }
  std::size_t page_bytes() const { return page_bytes_; }
  std::uint32_t holders(std::uint32_t page) const { return holders_[page]; }
  std::uint32_t total() const { return static_cast<std::uint32_t>(holders_.size()); }
  std::uint32_t free() const { return static_cast<std::uint32_t>(free_.size()); }

 private:
  Memory memory_;
  std::size_t page_bytes_ = 0;
  std::vector<std::uint32_t> holders_;
  std::vector<std::uint32_t> free_;  // a stack, lowest page on top at first
  std::uint32_t reached_ = 0;        // pages from here on have never been taken
  std::uint32_t ready_ = 0;          // pages below have memory
};

/// Pages that `tokens` tokens fill.
constexpr std::uint32_t pages_of(std::uint64_t tokens, std::uint32_t page_tokens) {
  return static_cast<std::uint32_t>((tokens + page_tokens - 1) / page_tokens);
}

}  // namespace lemma
