// Pages of the KV cache: a stack of free ones and a count of holders each.

#include "page_pool.h"

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

bool PagePool::reserve(std::uint32_t pages) {
  if (pages > total() - reserved_) return false;
  reserved_ += pages;
  return true;
}

std::uint32_t PagePool::take() {
  assert(!free_.empty());
  const std::uint32_t page = free_.back();
  free_.pop_back();
  holders_[page] = 1;
  return page;
}

void PagePool::release(std::uint32_t page) {
  assert(holders_[page] > 0);
  if (--holders_[page] == 0) free_.push_back(page);
}

std::uint32_t PagePool::copy(std::uint32_t page) {
  const std::uint32_t fresh = take();
  std::memcpy(data() + fresh * page_bytes_, data() + page * page_bytes_, page_bytes_);
  return fresh;
}

}  // namespace lemma
