// Pages of the KV cache: a stack of free ones and a count of holders each.

#include "page_pool.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace lemma {

Result<PagePool> PagePool::create(std::uint32_t pages, std::size_t page_bytes) {
  PagePool pool;
  pool.page_bytes_ = page_bytes;
  LEMMA_ASSIGN(pool.memory_, Memory::allocate(pages * page_bytes, "the KV cache"));
  pool.holders_.assign(pages, 0);
  pool.free_.reserve(pages);
  for (std::uint32_t page = pages; page > 0; --page) pool.free_.push_back(page - 1);
  return pool;
}

std::uint32_t PagePool::take() {
  assert(!free_.empty());
  const std::uint32_t page = free_.back();
  free_.pop_back();
  holders_[page] = 1;
  reached_ = std::max(reached_, page + 1);
  ready_ = std::max(ready_, reached_);
  return page;
}

bool PagePool::prepare(std::uint32_t ahead, std::uint32_t most) {
  const auto wanted = static_cast<std::uint32_t>(std::min<std::uint64_t>(total(), std::uint64_t{reached_} + ahead));
  if (ready_ >= wanted) return false;
  for (; ready_ < wanted && most > 0; ++ready_, --most) memory_.touch(ready_ * page_bytes_, page_bytes_);
  return true;
}

void PagePool::give_back(std::uint32_t page) {
  assert(holders_[page] == 0);
  free_.push_back(page);
}

void PagePool::copy(std::uint32_t from, std::uint32_t to) {
  std::memcpy(data() + to * page_bytes_, data() + from * page_bytes_, page_bytes_);
}

}  // namespace lemma
