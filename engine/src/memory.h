// Owns large blocks of memory: page-aligned, zeroed, taken from the system only when touched, huge pages where there are any.
#pragma once

#include <cstddef>
#include <cstdint>

#include "status.h"

namespace lemma {

/// A block of zeroed memory, aligned to at least 64 bytes, large ones to huge pages. Movable.
class Memory {
 public:
  Memory() = default;
  /// Reserves `bytes`; error `memory` names `what` when the system refuses.
  static Result<Memory> allocate(std::size_t bytes, const char* what);
  Memory(Memory&& other) noexcept;
  Memory& operator=(Memory&& other) noexcept;
  ~Memory();

  /// Takes a range from the system ahead of its first write; content stays. Where the system can't, the first write does it.
  void touch(std::size_t offset, std::size_t bytes) const;

  std::uint8_t* data() const { return data_; }
  std::size_t size() const { return size_; }
  template <typename T>
  T* as() const {
    return reinterpret_cast<T*>(data_);
  }

 private:
  void* mapping_ = nullptr;  // what the system gave; data_ lies in it
  std::size_t mapped_ = 0;
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Hands out pieces of one large block, one after the other: a model's weights lie together, in huge pages.
class Arena {
 public:
  static Result<Arena> allocate(std::size_t bytes, const char* what) {
    Arena arena;
    LEMMA_ASSIGN(arena.memory_, Memory::allocate(bytes, what));
    return arena;
  }
  /// What a piece of `bytes` takes.
  static constexpr std::size_t piece(std::size_t bytes) { return (bytes + 63) / 64 * 64; }
  /// The next `bytes`, aligned to 64; null when they don't fit.
  std::uint8_t* take(std::size_t bytes) {
    const std::size_t rounded = piece(bytes);
    if (rounded > memory_.size() - used_) return nullptr;
    used_ += rounded;
    return memory_.data() + used_ - rounded;
  }
  std::size_t used() const { return used_; }
  std::size_t size() const { return memory_.size(); }

 private:
  Memory memory_;
  std::size_t used_ = 0;
};

/// Memory that this process may still use, in bytes: MemAvailable and the control group's limit, whichever is less.
std::uint64_t available_memory();

}  // namespace lemma
