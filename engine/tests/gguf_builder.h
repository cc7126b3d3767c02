// Writes GGUF bytes for tests: well-formed by default, every count and length open to lies.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace lemma_test {

class GgufBuilder {
 public:
  template <class T>
  static void put(std::string& out, T value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    out.append(raw, sizeof value);
  }
  static void put_string(std::string& out, std::string_view text) {
    put<std::uint64_t>(out, text.size());
    out += text;
  }

  GgufBuilder& raw_key(std::string_view name, std::uint32_t type, std::string_view bytes) {
    put_string(keys_, name);
    put<std::uint32_t>(keys_, type);
    keys_ += bytes;
    ++key_count;
    return *this;
  }
  template <class T>
  GgufBuilder& key(std::string_view name, std::uint32_t type, T value) {
    std::string bytes;
    put(bytes, value);
    return raw_key(name, type, bytes);
  }
  GgufBuilder& text(std::string_view name, std::string_view value) {
    std::string bytes;
    put_string(bytes, value);
    return raw_key(name, 8, bytes);
  }
  GgufBuilder& texts(std::string_view name, const std::vector<std::string>& values) {
    std::string bytes = array_head(8, values.size());
    for (const std::string& value : values) put_string(bytes, value);
    return raw_key(name, 9, bytes);
  }
  GgufBuilder& tensor(std::string_view name, std::vector<std::uint64_t> extents, std::uint32_t type,
                      std::uint64_t offset, std::uint32_t dimensions = UINT32_MAX) {
    put_string(tensors_, name);
    put<std::uint32_t>(tensors_, dimensions == UINT32_MAX ? static_cast<std::uint32_t>(extents.size()) : dimensions);
    for (const std::uint64_t extent : extents) put(tensors_, extent);
    put(tensors_, type);
    put(tensors_, offset);
    ++tensor_count;
    return *this;
  }
  static std::string array_head(std::uint32_t element, std::uint64_t count) {
    std::string bytes;
    put(bytes, element);
    put(bytes, count);
    return bytes;
  }

  /// The file, with `data` bytes behind the padding.
  std::string build(std::size_t data = 0) const {
    std::string out = "GGUF";
    put<std::uint32_t>(out, version);
    put<std::uint64_t>(out, tensor_count);
    put<std::uint64_t>(out, key_count);
    out += keys_ + tensors_;
    while (out.size() % alignment != 0) out += '\0';
    return out + std::string(data, '\x11');
  }

  std::uint32_t version = 3;
  std::uint64_t tensor_count = 0;
  std::uint64_t key_count = 0;
  std::size_t alignment = 32;

 private:
  std::string keys_;
  std::string tensors_;
};

}  // namespace lemma_test
