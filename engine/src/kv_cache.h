// Owns who holds which KV page: the page tables of sequences, and full pages that outlive their sequence so that a later prompt
// with the same beginning need not be computed again. Knows tokens and pages, no requests and no models: a page is opaque bytes.
//
// Invariants:
//  - used + cached + free = total: a page is held by sequences, or idle in the prefix cache, or free. available() counts the
//    last two: an idle page is evicted the moment that somebody needs it.
//  - Pages are written only by the one sequence that holds them and only behind their last stored token. A page that several
//    hold, or that stands in the prefix cache, is copied before it is written to (forks and rollbacks rely on it).
//  - The first `entries` pages of a table stand in the prefix cache, so sequences with the same beginning share them, also when
//    each computed its own: the second one takes the first one's page and frees its own (the bits are the same).
//  - A page never serves another salt, nor weights that were swapped in after it was computed (clear()).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "page_pool.h"
#include "prefix_cache.h"

namespace lemma {

/// The pages of one sequence, in order. Filled and emptied by KvCache only.
struct PageTable {
  std::vector<std::uint32_t> pages;
  std::uint32_t entries = 0;       // leading pages that stand in the prefix cache
  std::uint64_t generation = 0;    // of the weights that computed them
};

class KvCache {
 public:
  KvCache() = default;
  /// `keep`: pages at most that stay without a holder; 0 switches reuse off.
  KvCache(PagePool pool, std::uint32_t keep);

  /// What a prompt would find: whole pages, and how many of them nobody holds.
  struct Hit {
    std::uint32_t pages = 0, idle = 0;
  };
  Hit peek(std::string_view salt, std::span<const std::uint32_t> tokens) const;
  /// Lengthens a table, all of whose pages are stored in full, by the pages that the cache has for `tokens`: the sequence's tokens
  /// from its start, as far as they may be taken. Returns how many tokens that gives.
  std::uint32_t reuse(PageTable& table, std::string_view salt, std::span<const std::uint32_t> tokens);
  /// The key of the table's first full page that is not in the cache, within `tokens`: equal for sequences that are about to compute
  /// the same page. Empty where `tokens` end before, or where the table's pages can't be shared.
  std::optional<std::uint64_t> next_key(const PageTable& table, std::string_view salt, std::span<const std::uint32_t> tokens) const;
  /// Makes room to store tokens [from, to) of a sequence whose first `from` are stored. False, and nothing changed, if fewer
  /// pages are available.
  bool extend(PageTable& table, std::uint32_t from, std::uint32_t to);
  /// Puts the table's full pages into the cache. `tokens`: those that are stored.
  void commit(PageTable& table, std::string_view salt, std::span<const std::uint32_t> tokens);
  /// A second table with the same pages; whoever writes first copies.
  PageTable fork(const PageTable& table);
  /// Goes back to the first `tokens` tokens; 0 gives all pages back.
  void truncate(PageTable& table, std::uint32_t tokens);
  /// Forgets all content, for new weights. Sequences keep their pages, but those are never shared any more.
  void clear();

  /// Spreads the cost of fresh memory over steps and idle time (page_pool.h).
  bool prepare(std::uint32_t ahead, std::uint32_t most) { return pool_.prepare(ahead, most); }

  std::uint8_t* data() const { return pool_.data(); }
  std::size_t page_bytes() const { return pool_.page_bytes(); }
  std::uint32_t total() const { return pool_.total(); }
  std::uint32_t used() const { return total() - available(); }
  std::uint32_t cached() const { return prefixes_.idle(); }
  std::uint32_t available() const { return pool_.free() + prefixes_.idle(); }

 private:
  std::uint32_t take();
  void hold(std::uint32_t page);
  void drop(std::uint32_t page);
  bool is_shared(std::uint32_t page) const;
  std::uint32_t parent(const PageTable& table, std::uint32_t index) const;

  PagePool pool_;
  PrefixCache prefixes_;
  std::uint32_t keep_ = 0;
  std::uint64_t generation_ = 0;
};

}  // namespace lemma
