#include "normal_form.h"

#include <cstring>

namespace lemma_data {
namespace {

typedef std::uint8_t Bytes16 __attribute__((vector_size(16)));
typedef std::uint16_t Units8 __attribute__((vector_size(16)));
typedef std::uint16_t Units16 __attribute__((vector_size(32)));

template <class V>
V load(const void* from) {
  V v;
  std::memcpy(&v, from, sizeof v);
  return v;
}

template <class V>
bool any(V mask) {
  std::uint64_t words[sizeof(V) / 8];
  std::memcpy(words, &mask, sizeof mask);
  std::uint64_t all = 0;
  for (const std::uint64_t word : words) all |= word;
  return all != 0;
}

/// Writes the characters of a text one by one, lower case; says when one is complex.
class Writer {
 public:
  Writer(const Characters& characters, Buffer<char16_t>& out) : characters_(characters), out_(out) {}

  bool put(std::uint32_t point) {
    const std::uint8_t flags = characters_.of(point);
    if ((flags & kComplex) != 0 || ((flags & kMark) != 0 && after_mark_)) return false;
    after_mark_ = (flags & kMark) != 0;
    if (point < 0x10000) {
      out_.push(static_cast<char16_t>(characters_.lower_case[point]));
    } else {
      out_.push(static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10)));
      out_.push(static_cast<char16_t>(0xDC00 + (point & 0x3FF)));
    }
    return true;
  }

  /// Behind ASCII, which this class did not see.
  void reset() { after_mark_ = false; }

 private:
  const Characters& characters_;
  Buffer<char16_t>& out_;
  bool after_mark_ = false;
};

int hex_digit(std::uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// A code unit of \uXXXX behind the u; -1 where it is none.
int hex_unit(const std::uint8_t* at, const std::uint8_t* end) {
  if (end - at < 4) return -1;
  int unit = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hex_digit(at[i]);
    if (digit < 0) return -1;
    unit = unit << 4 | digit;
  }
  return unit;
}

/// A character of an escape behind its backslash; -1 where it is none. A pair of escapes is one character.
std::int32_t escaped(const std::uint8_t*& at, const std::uint8_t* end) {
  if (at == end) return -1;
  switch (*at++) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'u': break;
    default: return -1;
  }
  const int first = hex_unit(at, end);
  if (first < 0) return -1;
  at += 4;
  if (!is_high(static_cast<std::uint32_t>(first)) || end - at < 6 || at[0] != '\\' || at[1] != 'u') return first;
  const int second = hex_unit(at + 2, end);
  if (second < 0 || !is_low(static_cast<std::uint32_t>(second))) return first;
  at += 6;
  return static_cast<std::int32_t>(pair(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second)));
}

/// A character of more than one byte; -1 where it is no UTF-8 (RFC 3629).
std::int32_t multibyte(const std::uint8_t*& at, const std::uint8_t* end) {
  const std::uint32_t first = *at;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4 || end - at <= more) return -1;
  std::uint32_t point = first & (0x3FU >> more);
  for (int i = 1; i <= more; ++i) {
    if ((at[i] & 0xC0) != 0x80) return -1;
    point = point << 6 | (at[i] & 0x3FU);
  }
  if ((more == 2 && point < 0x800) || (more == 3 && (point < 0x10000 || point > 0x10FFFF)) || (point & 0xFFFFF800U) == 0xD800)
    return -1;
  at += more + 1;
  return static_cast<std::int32_t>(point);
}

}  // namespace

const std::uint8_t* normal_from_json(const std::uint8_t* at, const std::uint8_t* end, const Characters& characters,
                                     Buffer<char16_t>& out) {
  out.clear();
  Writer writer(characters, out);
  for (;;) {
    // Sixteen at once while all are plain ASCII.
    const std::uint8_t* begun = at;
    while (end - at >= 16) {
      const Bytes16 v = load<Bytes16>(at);
      if (any((v >= 0x80) | (v < 0x20) | (v == '"') | (v == '\\'))) break;
      const Bytes16 lower = v | ((Bytes16)((v - 'A') < 26) & 0x20);
      const Units16 wide = __builtin_convertvector(lower, Units16);
      std::memcpy(out.extend(16), &wide, sizeof wide);
      at += 16;
    }
    if (at != begun) writer.reset();
    if (at == end) return nullptr;
    // One by one until behind what stopped the loop.
    for (bool is_plain = true; is_plain;) {
      if (at == end) return nullptr;
      const std::uint8_t byte = *at;
      is_plain = byte >= 0x20 && byte < 0x80 && byte != '\\';
      if (byte == '"') return at + 1;
      std::int32_t point = byte;
      if (byte < 0x20) return nullptr;
      if (byte == '\\') {
        point = escaped(++at, end);
      } else if (byte >= 0x80) {
        point = multibyte(at, end);
      } else {
        ++at;
      }
      if (point < 0 || !writer.put(static_cast<std::uint32_t>(point))) return nullptr;
    }
  }
}

bool normal_from_text(std::span<const char16_t> text, const Characters& characters, Buffer<char16_t>& out) {
  out.clear();
  Writer writer(characters, out);
  for (std::size_t i = 0; i < text.size();) {
    while (text.size() - i >= 8) {
      const Units8 v = load<Units8>(text.data() + i);
      if (any(v >= 0x80)) break;
      const Units8 lower = v | ((Units8)((v - 'A') < 26) & 0x20);
      std::memcpy(out.extend(8), &lower, sizeof lower);
      writer.reset();
      i += 8;
    }
    for (int more = 8; more > 0 && i < text.size(); --more) {
      std::uint32_t point = text[i++];
      if (is_high(point) && i < text.size() && is_low(text[i])) point = pair(point, text[i++]);
      if (!writer.put(point)) return false;
    }
  }
  return true;
}

void exact_form(std::span<const char16_t> normal, const Characters& characters, Buffer<char16_t>& out) {
  out.clear();
  out.reserve(normal.size());
  char16_t* to = out.data();
  std::size_t written = 0;
  bool is_open = false;  // white space waits for the next word
  for (std::size_t i = 0; i < normal.size();) {
    // Eight at once where none but single spaces between other ASCII is white space.
    if (!is_open) {
      while (normal.size() - i >= 9) {
        const Units8 v = load<Units8>(normal.data() + i), next = load<Units8>(normal.data() + i + 1);
        if (any((v >= 0x80) | (v < 0x20) | ((Units8)(v == 0x20) & (Units8)((next <= 0x20) | (next >= 0x80))))) break;
        if (normal[i] == 0x20 && written == 0) break;
        std::memcpy(to + written, &v, sizeof v);
        written += 8;
        i += 8;
      }
      if (i == normal.size()) break;
    }
    for (int more = 8; more > 0 && i < normal.size(); --more) {
      const char16_t unit = normal[i++];
      if ((characters.flags[unit] & kSpace) != 0) {
        is_open = written > 0;
        continue;
      }
      if (is_open) to[written++] = u' ';
      is_open = false;
      to[written++] = unit;
    }
  }
  out.set_size(written);
}

}  // namespace lemma_data
