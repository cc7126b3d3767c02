// Untrusted text for error messages: quoted, cut at 64 bytes, everything but printable ASCII escaped.
#pragma once

#include <string>
#include <string_view>

namespace lemma {

/// `quoted("a\n")` is `"a\x0a"`.
inline std::string quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text.substr(0, 64)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 32 || byte > 126 || c == '"' || c == '\\') {
      out += "\\x";
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    } else {
      out += c;
    }
  }
  return out + (text.size() > 64 ? "…\"" : "\"");
}

}  // namespace lemma
