// What weights must be like to take the place of a loaded model's: the same architecture and shape keys, the same tokenizer or none, and
// tensors of the same names, types and shapes. Owns copies, so it outlives the file. Names, template and sampling defaults may differ.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "gguf.h"
#include "lemma_engine.h"

namespace lemma {

class ModelSchema {
 public:
  explicit ModelSchema(const GgufFile& file);

  /// Error `model_format` with the first difference: what the loaded model has and what `file` has.
  Status check(const GgufFile& file) const;
  /// The tensors in the loaded file's order.
  std::span<const TensorInfo> tensors() const { return tensors_; }
  /// A GGUF file in memory with this model's keys and the given tensors: all of them, each with exactly its bytes. Error `option`.
  Result<std::vector<std::uint8_t>> image(std::span<const TensorBytes> tensors) const;

 private:
  struct Key {
    GgufType type, element;
    std::uint64_t count, hash;
    std::string bytes;                 // of keys that an image needs; else empty
  };

  static bool counts(std::string_view key, std::string_view architecture);
  static bool same(const Key& key, const GgufValue& value);

  std::string architecture_;
  std::map<std::string, Key, std::less<>> keys_;
  std::vector<TensorInfo> tensors_;
  std::vector<TensorType> types_;
};

}  // namespace lemma
