// One row between a GGUF tensor's bytes and its lane of a packed row block (layouts: kernels/kernels.h, kernels/packed_nibbles.h).
// Packing moves bits and never rounds: unpack_row gives the values that weight_values reads from the file.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor_type.h"

namespace lemma {

/// Bytes of 16 packed rows of `k` elements.
std::size_t row_block_bytes(TensorType type, std::uint32_t k);
/// Puts a row into its lane (0 to 15) of a row block.
void pack_row(TensorType type, const std::uint8_t* source, std::uint32_t k, std::uint32_t lane, std::uint8_t* block);
/// The k values of a lane.
void unpack_row(TensorType type, const std::uint8_t* block, std::uint32_t k, std::uint32_t lane, float* out);

}  // namespace lemma
