// The one table of tensor types that the engine can hold: GGUF id, name, block shape. Adding a type starts here.
#pragma once

#include <cstdint>

namespace lemma {

/// A tensor type; the values are GGUF's ids (ggml.h).
enum class TensorType : uint32_t { f32 = 0, f16 = 1, q8_0 = 8, bf16 = 30 };

struct TensorTypeInfo {
  TensorType type;
  const char* name;
  uint32_t block_elements;  // elements that share a block
  uint32_t block_bytes;
};

inline constexpr TensorTypeInfo kTensorTypes[] = {
    {TensorType::f32, "F32", 1, 4},
    {TensorType::f16, "F16", 1, 2},
    {TensorType::bf16, "BF16", 1, 2},
    {TensorType::q8_0, "Q8_0", 32, 34},  // f16 scale, then 32 int8
};

/// The table's row for a GGUF type id, or nullptr for a type that this engine does not hold.
constexpr const TensorTypeInfo* find_tensor_type(uint32_t id) {
  for (const TensorTypeInfo& info : kTensorTypes)
    if (static_cast<uint32_t>(info.type) == id) return &info;
  return nullptr;
}

constexpr const TensorTypeInfo& tensor_type_info(TensorType type) {
  return *find_tensor_type(static_cast<uint32_t>(type));
}

}  // namespace lemma
