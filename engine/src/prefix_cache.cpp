// The index of full pages: hash chains, exact comparison, eviction from the leaves.

#include "prefix_cache.h"

#include <algorithm>
#include <cassert>
#include <random>

#include "kernels/kernels.h"
#include "random.h"

namespace lemma {

PrefixCache::PrefixCache(std::uint32_t pages) : entries_(pages), tokens_(std::size_t{pages} * kPageTokens) {
  std::random_device device;
  secret_ = (std::uint64_t{device()} << 32) | device();
}

const std::uint32_t* PrefixCache::tokens_of(std::uint32_t page) const { return tokens_.data() + std::size_t{page} * kPageTokens; }

std::uint64_t PrefixCache::key(std::uint32_t parent, std::string_view salt, std::span<const std::uint32_t> tokens) const {
  std::uint64_t hash = secret_;
  if (parent == kNone)
    for (const char c : salt) hash = mix64(hash ^ static_cast<unsigned char>(c));
  else
    hash = entries_[parent].key;
  for (std::size_t i = 0; i < kPageTokens; i += 2) hash = mix64(hash ^ (std::uint64_t{tokens[i]} << 32 | tokens[i + 1]));
  return hash;
}

std::uint32_t PrefixCache::find(std::uint32_t parent, std::string_view salt, std::span<const std::uint32_t> tokens) const {
  const auto [begin, end] = index_.equal_range(key(parent, salt, tokens));
  for (auto it = begin; it != end; ++it) {
    const std::uint32_t page = it->second;
    if (entries_[page].parent != parent || !std::equal(tokens.begin(), tokens.begin() + kPageTokens, tokens_of(page))) continue;
    if (parent != kNone || salts_.at(page) == salt) return page;
  }
  return kNone;
}

void PrefixCache::insert(std::uint32_t page, std::uint32_t parent, std::string_view salt, std::span<const std::uint32_t> tokens) {
  assert(!entries_[page].present && (parent == kNone || entries_[parent].present));
  entries_[page] = {.key = key(parent, salt, tokens), .parent = parent, .present = true};
  std::copy_n(tokens.begin(), kPageTokens, tokens_.begin() + std::ptrdiff_t{page} * kPageTokens);
  index_.emplace(entries_[page].key, page);
  if (parent == kNone)
    salts_.emplace(page, salt);
  else
    ++entries_[parent].children;
}

void PrefixCache::retire(std::uint32_t page) {
  Entry& entry = entries_[page];
  assert(entry.present && !entry.idle);
  entry.idle = true;
  entry.used = ++clock_;
  ++idle_;
  if (entry.children == 0) leaves_.emplace(entry.used, page);
}

void PrefixCache::revive(std::uint32_t page) {
  Entry& entry = entries_[page];
  assert(entry.present && entry.idle);
  if (entry.children == 0) leaves_.erase({entry.used, page});
  entry.idle = false;
  --idle_;
}

std::uint32_t PrefixCache::evict() {
  assert(!leaves_.empty());
  const std::uint32_t page = leaves_.begin()->second;
  leaves_.erase(leaves_.begin());
  Entry& entry = entries_[page];
  auto [it, end] = index_.equal_range(entry.key);
  while (it != end && it->second != page) ++it;
  assert(it != end);
  index_.erase(it);
  if (entry.parent == kNone) {
    salts_.erase(page);
  } else {
    Entry& parent = entries_[entry.parent];
    if (--parent.children == 0 && parent.idle) leaves_.emplace(parent.used, entry.parent);
  }
  entry = {};
  --idle_;
  return page;
}

std::vector<std::uint32_t> PrefixCache::clear() {
  std::vector<std::uint32_t> pages;
  for (std::uint32_t page = 0; page < entries_.size(); ++page) {
    if (entries_[page].idle) pages.push_back(page);
    entries_[page] = {};
  }
  index_.clear();
  salts_.clear();
  leaves_.clear();
  idle_ = 0;
  return pages;
}

}  // namespace lemma
