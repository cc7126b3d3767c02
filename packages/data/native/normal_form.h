// Texts in normal form (normal-form.ts), from JSON or UTF-16. Owns what can be done without ICU: each character by itself, by tables.
#pragma once

#include <cstdint>
#include <span>

#include "buffer.h"
#include "characters.h"

namespace lemma_data {

/// Reads a JSON string from `at`, behind its first quotation mark, in UTF-8, and writes its normal form. Returns where the string ends, behind
/// its last quotation mark; nullptr where it is for TypeScript: complex characters, or no JSON or no UTF-8.
const std::uint8_t* normal_from_json(const std::uint8_t* at, const std::uint8_t* end, const Characters& characters,
                                     Buffer<char16_t>& out);

/// The same of a text; false where it is for TypeScript.
bool normal_from_text(std::span<const char16_t> text, const Characters& characters, Buffer<char16_t>& out);

/// Each run of white space as one space and none at the ends.
void exact_form(std::span<const char16_t> normal, const Characters& characters, Buffer<char16_t>& out);

}  // namespace lemma_data
