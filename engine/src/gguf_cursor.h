// A read position in untrusted bytes. Every step is checked against the end; a failed step leaves the position unchanged.
// Knows nothing of GGUF beyond its length-prefixed strings.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace lemma {

static_assert(std::endian::native == std::endian::little, "GGUF is read in place: the host must be little-endian");

/// Reads little-endian values of trivially copyable types from `bytes`, wherever they are aligned.
template <class T>
T load(const std::uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

class Cursor {
 public:
  explicit Cursor(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint64_t position() const { return at_; }
  std::uint64_t left() const { return bytes_.size() - at_; }

  /// Takes the next `count` bytes, or fails where fewer are left.
  bool take(std::uint64_t count, std::span<const std::uint8_t>& out) {
    if (count > left()) return false;
    out = bytes_.subspan(at_, count);
    at_ += count;
    return true;
  }

  template <class T>
  bool read(T& out) {
    std::span<const std::uint8_t> raw;
    if (!take(sizeof(T), raw)) return false;
    out = load<T>(raw.data());
    return true;
  }

  /// A u64 length and that many bytes.
  bool string(std::string_view& out) {
    const std::uint64_t start = at_;
    std::uint64_t length = 0;
    std::span<const std::uint8_t> raw;
    if (read(length) && take(length, raw)) {
      out = {reinterpret_cast<const char*>(raw.data()), raw.size()};
      return true;
    }
    at_ = start;
    return false;
  }

  /// The bytes from `start` to the position.
  std::span<const std::uint8_t> since(std::uint64_t start) const { return bytes_.subspan(start, at_ - start); }

 private:
  std::span<const std::uint8_t> bytes_;
  std::uint64_t at_ = 0;
};

}  // namespace lemma
