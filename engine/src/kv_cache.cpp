// Page tables over the pool and the prefix cache.

#include "kv_cache.h"

#include <algorithm>
#include <utility>

#include "kernels/kernels.h"

namespace lemma {
namespace {

std::span<const std::uint32_t> page_tokens(std::span<const std::uint32_t> tokens, std::uint32_t index) {
  return tokens.subspan(std::size_t{index} * kPageTokens, kPageTokens);
}

}  // namespace

KvCache::KvCache(PagePool pool, std::uint32_t keep)
    : pool_(std::move(pool)), prefixes_(keep == 0 ? 0 : pool_.total()), keep_(keep) {}

std::uint32_t KvCache::take() {
  if (pool_.free() == 0) pool_.give_back(prefixes_.evict());
  return pool_.take();
}

void KvCache::hold(std::uint32_t page) {
  if (pool_.holders(page) == 0) prefixes_.revive(page);
  pool_.hold(page);
}

void KvCache::drop(std::uint32_t page) {
  if (!pool_.drop(page)) return;
  if (keep_ == 0 || !prefixes_.contains(page)) return pool_.give_back(page);
  prefixes_.retire(page);
  if (prefixes_.idle() > keep_) pool_.give_back(prefixes_.evict());
}

bool KvCache::is_shared(std::uint32_t page) const {
  return pool_.holders(page) > 1 || (keep_ > 0 && prefixes_.contains(page));
}

std::uint32_t KvCache::parent(const PageTable& table, std::uint32_t index) const {
  return index == 0 ? PrefixCache::kNone : table.pages[index - 1];
}

KvCache::Hit KvCache::peek(std::string_view salt, std::span<const std::uint32_t> tokens) const {
  Hit hit;
  if (keep_ == 0) return hit;
  std::uint32_t page = PrefixCache::kNone;
  for (; (std::size_t{hit.pages} + 1) * kPageTokens <= tokens.size(); ++hit.pages) {
    page = prefixes_.find(page, salt, page_tokens(tokens, hit.pages));
    if (page == PrefixCache::kNone) break;
    hit.idle += prefixes_.is_idle(page) ? 1 : 0;
  }
  return hit;
}

std::uint32_t KvCache::reuse(PageTable& table, std::string_view salt, std::span<const std::uint32_t> tokens) {
  if (table.pages.empty()) table.generation = generation_;
  if (keep_ == 0 || table.generation != generation_ || table.entries != table.pages.size()) return 0;
  const std::uint32_t before = table.entries;
  while ((table.pages.size() + 1) * kPageTokens <= tokens.size()) {
    const std::uint32_t page = prefixes_.find(parent(table, table.entries), salt, page_tokens(tokens, table.entries));
    if (page == PrefixCache::kNone) break;
    hold(page);
    table.pages.push_back(page);
    ++table.entries;
  }
  return (table.entries - before) * kPageTokens;
}

std::optional<std::uint64_t> KvCache::next_key(const PageTable& table, std::string_view salt,
                                               std::span<const std::uint32_t> tokens) const {
  if (keep_ == 0 || (std::size_t{table.entries} + 1) * kPageTokens > tokens.size()) return std::nullopt;
  if (!table.pages.empty() && table.generation != generation_) return std::nullopt;
  return prefixes_.key(parent(table, table.entries), salt, page_tokens(tokens, table.entries));
}

bool KvCache::extend(PageTable& table, std::uint32_t from, std::uint32_t to) {
  if (table.pages.empty()) table.generation = generation_;
  const std::uint32_t half = from / kPageTokens, wanted = pages_of(to, kPageTokens);
  const bool copies = from % kPageTokens != 0 && is_shared(table.pages[half]);
  const auto have = static_cast<std::uint32_t>(table.pages.size());
  if ((wanted > have ? wanted - have : 0) + (copies ? 1 : 0) > available()) return false;
  if (copies) {
    const std::uint32_t fresh = take();
    pool_.copy(table.pages[half], fresh);
    drop(std::exchange(table.pages[half], fresh));
  }
  while (table.pages.size() < wanted) table.pages.push_back(take());
  return true;
}

void KvCache::commit(PageTable& table, std::string_view salt, std::span<const std::uint32_t> tokens) {
  if (keep_ == 0 || table.generation != generation_) return;
  for (; (std::size_t{table.entries} + 1) * kPageTokens <= tokens.size(); ++table.entries) {
    const std::uint32_t above = parent(table, table.entries), own = table.pages[table.entries];
    const std::uint32_t known = prefixes_.find(above, salt, page_tokens(tokens, table.entries));
    if (known == own) continue;
    if (known == PrefixCache::kNone) {
      prefixes_.insert(own, above, salt, page_tokens(tokens, table.entries));
    } else {
      hold(known);
      table.pages[table.entries] = known;
      drop(own);
    }
  }
}

PageTable KvCache::fork(const PageTable& table) {
  for (const std::uint32_t page : table.pages) pool_.hold(page);
  return table;
}

// From the last page to the first, so that a page never outlives the one before it.
void KvCache::truncate(PageTable& table, std::uint32_t tokens) {
  while (table.pages.size() > pages_of(tokens, kPageTokens)) {
    drop(table.pages.back());
    table.pages.pop_back();
  }
  table.entries = std::min(table.entries, tokens / kPageTokens);
}

void KvCache::clear() {
  ++generation_;
  if (keep_ == 0) return;
  for (const std::uint32_t page : prefixes_.clear()) pool_.give_back(page);
}

}  // namespace lemma
