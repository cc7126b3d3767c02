// GGUF container, versions 2 and 3: opens a file (mapped or read), or all parts of a split model, checks every rule below, then
// hands out views. Knows nothing of
// architectures or tokenizers.
//
// Layout, little-endian: "GGUF", u32 version (2 and 3 are the same but for big-endian files), u64 tensor count, u64 key count; the keys (string key, u32 type,
// value); the tensor infos (string name, u32 dims, u64 extents innermost first, u32 type, u64 offset); padding to
// `general.alignment` (default 32); the data. A string is u64 length + bytes. Source: ggml docs/gguf.md.
//
// The file is untrusted. Held for every accepted file:
//  1. Each read goes through a cursor that can't pass the end; each count is capped by the bytes left, before any use.
//  2. Keys are 1..65535 printable ASCII bytes, unique; bools are 0 or 1; arrays nest at most kMaxArrayDepth deep.
//  3. The alignment is a power of two from 8 to kMaxAlignment.
//  4. Tensor names are 1..64 bytes, unique; 1..4 extents, all positive, product and byte size without overflow.
//  5. The type is one this engine has kernels for; a row is a whole number of blocks.
//  6. Offsets are aligned, offset + bytes lies in the file, no two tensors overlap.
//  7. A model in parts (split.count above 1) is opened by its first file, NAME-00001-of-0000N.gguf; gguf_split.cpp has the rules.
// Checking costs O(n log n) in the number of keys and tensors, O(1) in array payloads of fixed-size elements. A mapped
// file must not be truncated while in use (SIGBUS); read mode copies it and is immune.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "status.h"
#include "tensor_type.h"

namespace lemma {

inline constexpr int kMaxArrayDepth = 3;
inline constexpr std::uint64_t kMaxAlignment = std::uint64_t{1} << 21;

/// Value types of GGUF keys, numbered as in the file.
enum class GgufType : std::uint32_t {
  u8 = 0, i8, u16, i16, u32, i32, f32, boolean, string, array, u64, i64, f64
};

/// One key's value: a view of its bytes. For arrays `element` and `count` are set and `bytes` spans the elements.
struct GgufValue {
  std::string_view key;
  GgufType type;
  GgufType element;
  std::uint64_t count;
  std::span<const std::uint8_t> bytes;
};

/// One tensor: a view of its data. `extents[0]` is the row length (innermost); unused extents are 1.
struct GgufTensor {
  std::string_view name;
  TensorType type;
  std::uint32_t dimensions;
  std::uint64_t extents[4];
  std::span<const std::uint8_t> data;

  std::uint64_t elements() const { return extents[0] * extents[1] * extents[2] * extents[3]; }
};

enum class FileMode { map, read };

/// Which part of a split model a file is, from 0; a whole model is part 0 of 1. `tensors`: of all parts together.
struct GgufSplit {
  std::uint32_t number = 0;
  std::uint32_t count = 1;
  std::uint64_t tensors = 0;
};

/// A checked GGUF file. Movable; views stay valid while it lives.
class GgufFile {
 public:
  /// Opens and checks a file, and if it is the first part of a split model all others. Errors: `file`, `model_format`,
  /// `model_unsupported`, each naming the path and the place.
  static Result<GgufFile> open(const std::string& path, FileMode mode);
  /// Checks bytes that the caller keeps alive (tests, fuzzers); `name` stands for the path in errors.
  static Result<GgufFile> parse(std::span<const std::uint8_t> bytes, const std::string& name);
  /// Checks bytes and keeps them.
  static Result<GgufFile> take(std::vector<std::uint8_t> bytes, const std::string& name);
  /// Makes one model of its parts, all of them and in order; the first one's keys and path are the model's.
  static Result<GgufFile> join(std::vector<GgufFile> parts);

  const std::string& path() const { return path_; }
  /// Keeps the bytes of an opened file alive; null for parsed bytes, which are the caller's.
  std::shared_ptr<const void> storage() const { return storage_; }
  const GgufSplit& split() const { return split_; }
  std::span<const GgufValue> values() const { return values_; }
  std::span<const GgufTensor> tensors() const { return tensors_; }

  /// The value of a key, or null.
  const GgufValue* find(std::string_view key) const;
  /// The tensor of a name, or null.
  const GgufTensor* find_tensor(std::string_view name) const;

  /// An integer key of any width, within [low, high]. Without `fallback` the key must exist.
  Result<std::uint64_t> integer(std::string_view key, std::uint64_t low, std::uint64_t high,
                                std::optional<std::uint64_t> fallback = std::nullopt) const;
  /// A finite f32 or f64 key (integers are accepted), within [low, high].
  Result<double> number(std::string_view key, double low, double high,
                        std::optional<double> fallback = std::nullopt) const;
  Result<bool> boolean(std::string_view key, std::optional<bool> fallback = std::nullopt) const;
  /// A string key; a view into the file, not necessarily UTF-8.
  Result<std::string_view> string(std::string_view key,
                                  std::optional<std::string_view> fallback = std::nullopt) const;
  /// An array of strings; views into the file.
  Result<std::vector<std::string_view>> strings(std::string_view key) const;
  /// An array of integers of any width, each within [low, high].
  Result<std::vector<std::int64_t>> integers(std::string_view key, std::int64_t low, std::int64_t high) const;
  /// A tensor that must exist with exactly these extents (innermost first; missing trailing extents are 1).
  Result<const GgufTensor*> tensor(std::string_view name, std::span<const std::uint64_t> extents) const;

 private:
  friend class GgufParser;
  static Result<GgufFile> open_one(const std::string& path, FileMode mode);

  std::string path_;
  std::shared_ptr<const void> storage_;  // the mapping or the copy, of all parts
  GgufSplit split_;
  std::vector<GgufValue> values_;    // sorted by key
  std::vector<GgufTensor> tensors_;  // in file order
  std::vector<std::uint32_t> tensors_by_name_;

  Status missing(std::string_view key, std::string_view expected) const;
};

}  // namespace lemma
