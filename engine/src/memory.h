// Owns large blocks of memory: page-aligned, zeroed, taken from the system only when touched, huge pages where there are any.
#pragma once

#include <cstddef>
#include <cstdint>

#include "status.h"

namespace lemma {

/// A block of zeroed memory, aligned to at least 64 bytes. Movable.
class Memory {
 public:
  Memory() = default;
  /// Reserves `bytes`; error `memory` names `what` when the system refuses.
  static Result<Memory> allocate(std::size_t bytes, const char* what);
  Memory(Memory&& other) noexcept;
  Memory& operator=(Memory&& other) noexcept;
  ~Memory();

  std::uint8_t* data() const { return data_; }
  std::size_t size() const { return size_; }
  template <typename T>
  T* as() const {
    return reinterpret_cast<T*>(data_);
  }

 private:
  Memory(std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Memory that this process may still use, in bytes: MemAvailable and the control group's limit, whichever is less.
std::uint64_t available_memory();

}  // namespace lemma
