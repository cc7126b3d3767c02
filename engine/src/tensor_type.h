// The one table of tensor types that the engine can hold: GGUF id, name, block shape. Adding a type starts here.
#pragma once

#include <cstdint>

namespace lemma {

/// A tensor type; the values are GGUF's ids (ggml.h).
enum class TensorType : uint32_t { f32 = 0, f16 = 1, q4_0 = 2, q8_0 = 8, q4_k = 12, q5_k = 13, q6_k = 14, bf16 = 30 };

struct TensorTypeInfo {
  TensorType type;
  const char* name;
  uint32_t block_elements;  // elements that share a block
  uint32_t block_bytes;
};

// What the bytes of a block mean: weight_blocks.h.
inline constexpr TensorTypeInfo kTensorTypes[] = {
    {TensorType::f32, "F32", 1, 4},       {TensorType::f16, "F16", 1, 2},       {TensorType::bf16, "BF16", 1, 2},
    {TensorType::q8_0, "Q8_0", 32, 34},   {TensorType::q4_0, "Q4_0", 32, 18},   {TensorType::q4_k, "Q4_K", 256, 144},
    {TensorType::q5_k, "Q5_K", 256, 176}, {TensorType::q6_k, "Q6_K", 256, 210},
};

/// The table's row for a GGUF type id, or nullptr for a type that this engine does not hold.
constexpr const TensorTypeInfo* find_tensor_type(uint32_t id) {
  for (const TensorTypeInfo& info : kTensorTypes)
    if (static_cast<uint32_t>(info.type) == id) return &info;
  return nullptr;
}

/// Names of GGUF types without kernels here, for error messages: {id, name}. Ids 4, 5, 31-33 and 36-38 were withdrawn;
/// forks use ids from 97 up.
struct ForeignTensorType {
  uint32_t id;
  const char* name;
};

inline constexpr ForeignTensorType kForeignTensorTypes[] = {
    {3, "Q4_1"},     {6, "Q5_0"},    {7, "Q5_1"},   {9, "Q8_1"},   {10, "Q2_K"},   {11, "Q3_K"},
    {15, "Q8_K"},    {16, "IQ2_XXS"}, {17, "IQ2_XS"}, {18, "IQ3_XXS"}, {19, "IQ1_S"}, {20, "IQ4_NL"},
    {21, "IQ3_S"},   {22, "IQ2_S"},  {23, "IQ4_XS"}, {24, "I8"},    {25, "I16"},    {26, "I32"},
    {27, "I64"},     {28, "F64"},    {29, "IQ1_M"}, {34, "TQ1_0"}, {35, "TQ2_0"},  {39, "MXFP4"},
};

constexpr const TensorTypeInfo& tensor_type_info(TensorType type) {
  return *find_tensor_type(static_cast<uint32_t>(type));
}

/// True for types of small integers with shared scales.
constexpr bool is_quantised(TensorType type) { return tensor_type_info(type).block_elements > 1; }

}  // namespace lemma
