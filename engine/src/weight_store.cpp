// Room is given in the order in which matrices are added.

#include "weight_store.h"

#include <algorithm>
#include <utility>

namespace lemma {

Result<WeightStore> WeightStore::create(const GgufFile& file, std::size_t bytes, const WeightLimits& limits) {
  WeightStore store;
  store.file_ = file.storage();
  store.packed_ = std::make_unique<std::atomic<std::uint64_t>>(0);
  LEMMA_ASSIGN(store.arena_, Arena::allocate(std::min<std::uint64_t>(bytes, limits.packed_bytes), "the model"));
  return store;
}

PackedMatrix WeightStore::add(const GgufTensor& tensor, const std::function<std::uint32_t(std::uint32_t)>& source_row) {
  std::uint8_t* place = arena_.take(PackedMatrix::packed_bytes(tensor));
  matrices_.push_back(std::make_shared<RowBlocks>(tensor, source_row, place, packed_.get()));
  return PackedMatrix(tensor, matrices_.back(), arena_.size() > kCachedBytes);
}

PackedMatrix WeightStore::add_transposed(const GgufTensor& tensor) {
  const GgufTensor turned = transposed_shape(tensor);
  std::uint8_t* place = arena_.take(PackedMatrix::packed_bytes(turned));
  matrices_.push_back(RowBlocks::transposed(tensor, place, packed_.get()));
  return PackedMatrix(turned, matrices_.back(), arena_.size() > kCachedBytes);
}

void WeightStore::pack_all(ThreadPool& pool) const {
  pool.use(pool.size());
  pool.run([&](std::uint32_t thread) {
    for (const auto& blocks : matrices_)
      if (blocks->has_place())
        pool.parallel(thread, blocks->count(), 4, [&](std::uint32_t begin, std::uint32_t end) { blocks->ready(begin, end); });
  });
}

bool WeightStore::release_file() {
  if (std::ranges::any_of(matrices_, [](const auto& blocks) { return !blocks->has_place(); })) return false;
  file_.reset();
  return true;
}

}  // namespace lemma
