// Strict UTF-8: decoding one character, encoding one, and the class of a code point. No state; see utf8_stream.h for that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "unicode_table.h"

namespace lemma {

/// One decoded character; `length` is 0 where the bytes are not well-formed UTF-8 (surrogates and overlong forms included).
struct Utf8Character {
  char32_t code_point;
  std::uint32_t length;
};

/// Decodes the character at `at` (which must be inside `text`).
inline Utf8Character decode_utf8(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const auto continues = [&](std::size_t i) { return at + i < text.size() && (byte(i) & 0xC0U) == 0x80U; };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first >= 0xC2 && first < 0xE0 && continues(1)) return {(first & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  if ((first & 0xF0U) == 0xE0 && continues(1) && continues(2)) {
    const std::uint32_t point = (first & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    if (point >= 0x800 && (point < 0xD800 || point > 0xDFFF)) return {point, 3};
  }
  if (first >= 0xF0 && first < 0xF5 && continues(1) && continues(2) && continues(3)) {
    const std::uint32_t point =
        (first & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU);
    if (point >= 0x10000 && point < 0x110000) return {point, 4};
  }
  return {0, 0};
}

/// Appends the UTF-8 of a code point below U+0800 (all that the byte alphabet needs) or any other scalar value.
inline void append_utf8(std::string& out, char32_t point) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | point >> 6U);
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | point >> 12U);
    put(0x80U | (point >> 6U & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | point >> 18U);
    put(0x80U | (point >> 12U & 0x3FU));
    put(0x80U | (point >> 6U & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

/// The classes that the pre-tokenizers tell apart: \p{L}, \p{N}, \p{White_Space}, \p{M}, \p{P}, \p{S}, and the rest (control,
/// format, private use, unassigned). unicode_table.h holds these numbers.
enum class CharacterClass : std::uint8_t { other = 0, letter = 1, number = 2, space = 3, mark = 4, punctuation = 5, symbol = 6 };

inline CharacterClass character_class(char32_t point) {
  const std::uint64_t word = kUnicodeBlocks[kUnicodeIndex[point >> 8U]][point >> 4U & 15U];
  return static_cast<CharacterClass>(word >> ((point & 15U) * 4) & 15U);
}

}  // namespace lemma
