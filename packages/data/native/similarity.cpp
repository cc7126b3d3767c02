#include "similarity.h"

#include <bit>
#include <cstring>

namespace lemma_data {

double Similarity::of(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  enum : std::uint32_t { kEmpty, kOfA, kOfB, kOfBoth };
  const std::size_t size = std::bit_ceil(a.size() + b.size() + 2);  // twice as many slots as hashes
  slots_.clear();
  Slot* slots = slots_.extend(size);
  std::memset(static_cast<void*>(slots), 0, size * sizeof(Slot));
  const auto find = [&](const std::uint32_t* words) -> Slot& {
    std::uint64_t hash;
    std::memcpy(&hash, words, sizeof hash);
    std::size_t at = words[0] & (size - 1);  // hashes are mixed already
    while (slots[at].state != kEmpty && slots[at].hash != hash) at = (at + 1) & (size - 1);
    slots[at].hash = hash;
    return slots[at];
  };
  std::size_t all = 0, common = 0;
  for (std::size_t i = 0; i + 1 < a.size(); i += 2) {
    Slot& slot = find(a.data() + i);
    if (slot.state == kEmpty) ++all;
    slot.state = kOfA;
  }
  for (std::size_t i = 0; i + 1 < b.size(); i += 2) {
    Slot& slot = find(b.data() + i);
    if (slot.state == kEmpty) {
      ++all;
      slot.state = kOfB;
    } else if (slot.state == kOfA) {
      ++common;
      slot.state = kOfBoth;
    }
  }
  return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

}  // namespace lemma_data
