// A growing array of plain values that are not cleared when it grows.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace lemma_data {

template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { std::free(data_); }

  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }

  /// Room for so many in all; throws std::bad_alloc.
  void reserve(std::size_t count) {
    if (count <= capacity_) return;
    const std::size_t larger = count + count / 2 + 64;
    const std::size_t bytes = (larger * sizeof(T) + kHugePage - 1) / kHugePage * kHugePage;
    void* moved = nullptr;
    if (bytes < 2 * kHugePage) {
      moved = std::realloc(data_, larger * sizeof(T));
    } else if ((moved = std::aligned_alloc(kHugePage, bytes)) != nullptr) {
#ifdef MADV_HUGEPAGE
      madvise(moved, bytes, MADV_HUGEPAGE);  // faults of small pages took as long as signing
#endif
      if (size_ > 0) std::memcpy(moved, data_, size_ * sizeof(T));
      std::free(data_);
    }
    if (moved == nullptr) throw std::bad_alloc();
    data_ = static_cast<T*>(moved);
    capacity_ = larger;
  }

  /// So many more at the end, not set; valid until the next one.
  T* extend(std::size_t count) {
    reserve(size_ + count);
    return data_ + std::exchange(size_, size_ + count);
  }

  void push(T value) { *extend(1) = value; }
  void append(const T* from, std::size_t count) {
    if (count > 0) std::memcpy(extend(count), from, count * sizeof(T));
  }
  void set_size(std::size_t size) { size_ = size; }

 private:
  static constexpr std::size_t kHugePage = std::size_t{1} << 21;

  T* data_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace lemma_data
