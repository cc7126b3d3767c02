// GPT-2's byte alphabet: each byte stands as one printable character in vocabulary files. Bytes that print as themselves in
// Latin-1 (33..126, 161..172, 174..255) keep their code point; the other 68 take U+0100 upwards, in order.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "utf8.h"

namespace lemma {

/// Whether a byte's character is the byte's own code point.
constexpr bool is_own_character(std::uint32_t byte) {
  return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
}

inline constexpr std::uint32_t kAlphabetEnd = 0x100 + 68;

/// For each code point below kAlphabetEnd its byte, or -1.
inline constexpr std::array<std::int16_t, kAlphabetEnd> kByteOfCharacter = [] {
  std::array<std::int16_t, kAlphabetEnd> table{};
  for (std::int16_t& entry : table) entry = -1;
  std::uint32_t next = 0x100;
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    table[is_own_character(byte) ? byte : next++] = static_cast<std::int16_t>(byte);
  }
  return table;
}();

/// Appends the bytes that `text` spells; false where a character is not of the alphabet.
inline bool append_spelled_bytes(std::string_view text, std::string& out) {
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character next = decode_utf8(text, at);
    if (next.length == 0 || next.code_point >= kAlphabetEnd || kByteOfCharacter[next.code_point] < 0) return false;
    out += static_cast<char>(kByteOfCharacter[next.code_point]);
    at += next.length;
  }
  return true;
}

}  // namespace lemma
