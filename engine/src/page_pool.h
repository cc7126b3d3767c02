// Owns the KV cache: pages of kPageTokens tokens, all layers of a model in one page, and the promise that admitted requests
// find theirs.
//
// Invariants: used <= reserved <= total. A page is free or has a count of holders; several sequences may hold a page whose
// tokens they share. A request reserves its worst case (prompt and longest answer) before it is accepted, so take() can't
// fail for it. Pages are memory of the system only once they have been written.
#pragma once

#include <cstdint>
#include <vector>

#include "memory.h"

namespace lemma {

class PagePool {
 public:
  static Result<PagePool> create(std::uint32_t pages, std::size_t page_bytes);

  /// Sets pages aside; false if fewer are left.
  bool reserve(std::uint32_t pages);
  void unreserve(std::uint32_t pages) { reserved_ -= pages; }

  /// A page with one holder, out of a reservation.
  std::uint32_t take();
  void hold(std::uint32_t page) { ++holders_[page]; }
  void release(std::uint32_t page);
  /// A page of one's own with the same content.
  std::uint32_t copy(std::uint32_t page);

  std::uint8_t* data() const { return memory_.data(); }
  std::uint32_t total() const { return static_cast<std::uint32_t>(holders_.size()); }
  std::uint32_t reserved() const { return reserved_; }
  std::uint32_t used() const { return total() - static_cast<std::uint32_t>(free_.size()); }

 private:
  Memory memory_;
  std::size_t page_bytes_ = 0;
  std::vector<std::uint32_t> holders_;
  std::vector<std::uint32_t> free_;  // a stack, lowest page on top at first
  std::uint32_t reserved_ = 0;
};

/// Pages that `tokens` tokens fill.
constexpr std::uint32_t pages_of(std::uint64_t tokens, std::uint32_t page_tokens) {
  return static_cast<std::uint32_t>((tokens + page_tokens - 1) / page_tokens);
}

}  // namespace lemma
