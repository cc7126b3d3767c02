// A hash map from u64 keys to small values: open addressing, linear probing, grows at half load. For tables that are built
// once and read often (merges, trie edges). The key ~0 is reserved.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace lemma {

/// Spreads the bits of a key (the finaliser of MurmurHash3).
constexpr std::uint64_t mix_bits(std::uint64_t x) {
  x = (x ^ x >> 33U) * 0xff51afd7ed558ccdULL;
  x = (x ^ x >> 33U) * 0xc4ceb9fe1a85ec53ULL;
  return x ^ x >> 33U;
}

template <class Value>
class FlatMap {
 public:
  /// Makes room for `count` entries without growing in between.
  void reserve(std::size_t count) {
    if (count * 2 > slots_.size()) rehash(std::bit_ceil(count * 2 + 8));
  }

  /// Adds an entry; an existing one stays. True if it was added.
  bool insert(std::uint64_t key, Value value) {
    reserve(size_ + 1);
    Slot& slot = slots_[probe(key)];
    if (slot.key == key) return false;
    slot = {key, std::move(value)};
    ++size_;
    return true;
  }

  /// The value of a key, or null.
  const Value* find(std::uint64_t key) const {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[probe(key)];
    return slot.key == key ? &slot.value : nullptr;
  }

  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint64_t kEmpty = ~std::uint64_t{0};
  struct Slot {
    std::uint64_t key = kEmpty;
    Value value{};
  };

  std::size_t probe(std::uint64_t key) const {
    std::size_t at = mix_bits(key) & (slots_.size() - 1);
    while (slots_[at].key != key && slots_[at].key != kEmpty) at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  void rehash(std::size_t slots) {
    std::vector<Slot> old(slots);
    old.swap(slots_);
    for (Slot& slot : old) {
      if (slot.key != kEmpty) slots_[probe(slot.key)] = std::move(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace lemma
