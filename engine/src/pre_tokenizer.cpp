// The matchers behind pre_tokenizer.h. Each alternative of the regular expressions is one block, tried in their order.

#include "pre_tokenizer.h"

#include "utf8.h"

namespace lemma {
namespace {

/// A set of character classes: bit i for the class i.
using Classes = std::uint32_t;
constexpr Classes bit(CharacterClass kind) { return 1U << static_cast<unsigned>(kind); }

/// Where DeepSeek's first two expressions cut: for the third, the text ends there. No class of the table.
constexpr auto kCut = static_cast<CharacterClass>(7);

constexpr Classes kLetters = bit(CharacterClass::letter);
constexpr Classes kNumbers = bit(CharacterClass::number);
constexpr Classes kSpaces = bit(CharacterClass::space);
constexpr Classes kRest = ~(kLetters | kNumbers | kSpaces);                                 // [^\s\p{L}\p{N}]
constexpr Classes kWords = kLetters | bit(CharacterClass::mark);                            // [\p{L}\p{M}]
constexpr Classes kSigns = bit(CharacterClass::punctuation) | bit(CharacterClass::symbol);  // [\p{P}\p{S}]

/// One character of the text: its class and its end.
struct Character {
  char32_t point;
  CharacterClass kind;
  std::size_t end;
};

bool is(const Character& character, Classes kinds) { return (bit(character.kind) & kinds) != 0; }

Character character_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, character_class(first), at + 1};
  const Utf8Character decoded = decode_utf8(text, at);
  if (decoded.length == 0) return {0xFFFD, CharacterClass::symbol, at + 1};
  return {decoded.code_point, character_class(decoded.code_point), at + decoded.length};
}

/// [一-龥぀-ゟ゠-ヿ]: basic ideographs, hiragana and katakana.
bool is_cjk(char32_t point) { return (point >= 0x4E00 && point <= 0x9FA5) || (point >= 0x3040 && point <= 0x30FF); }

/// Reads a piece of DeepSeek's first two expressions: the next digit, or the change from or to such characters, is its end.
struct DeepSeekReader {
  bool cjk;

  Character operator()(std::string_view text, std::size_t at) const {
    if (at == text.size()) return {0, kCut, at};
    Character found = character_at(text, at);
    if (found.kind == CharacterClass::number || is_cjk(found.point) != cjk) found.kind = kCut;
    return found;
  }
};

/// The end of the longest run of some classes from `at`, at most `limit` characters.
template <typename Read = decltype(&character_at)>
std::size_t run_end(std::string_view text, std::size_t at, Classes kinds, std::size_t limit = SIZE_MAX,
                    Read read = character_at) {
  for (std::size_t count = 0; at < text.size() && count < limit; ++count) {
    const Character next = read(text, at);
    if (!is(next, kinds)) break;
    at = next.end;
  }
  return at;
}

bool is_line_break(char32_t point) { return point == '\r' || point == '\n'; }

std::size_t line_breaks_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_line_break(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

/// The end of 's 't 're 've 'm 'll 'd at the apostrophe `at`, or `at`.
std::size_t contraction_end(std::string_view text, std::size_t at, bool fold_case) {
  const auto letter = [&](std::size_t i) -> char {
    if (at + i >= text.size()) return '\0';
    const char c = text[at + i];
    return fold_case && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  const char first = letter(1);
  if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
  const char second = letter(2);
  if ((first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l')) {
    return at + 3;
  }
  if (fold_case && text.substr(at + 1, 2) == "\u017f") return at + 3;  // long s, the one other letter that folds to these
  return at;
}

/// \s*[\r\n]+|\s+(?!\S)|\s+ at a white-space character, or only the last two: up to the run's last line break, or all of
/// a run that ends the text (or stands before a cut), or all but its last character.
template <typename Read = decltype(&character_at)>
std::size_t space_end(std::string_view text, std::size_t at, bool to_line_break, Read read = character_at) {
  std::size_t after_break = at;
  std::size_t last = at;  // where the run's last character begins
  std::size_t end = at;
  bool is_last = true;
  while (end < text.size()) {
    const Character next = read(text, end);
    if (!is(next, kSpaces)) {
      is_last = next.kind == kCut;
      break;
    }
    last = end;
    end = next.end;
    if (is_line_break(next.point)) after_break = end;
  }
  if (to_line_break && after_break > at) return after_break;
  return is_last || last == at ? end : last;
}

std::size_t gpt2_piece(std::string_view text, std::size_t at) {
  if (text[at] == '\'') {
    if (const std::size_t end = contraction_end(text, at, false); end > at) return end;
  }
  const Character first = character_at(text, at);
  const bool spaced = text[at] == ' ' && first.end < text.size();
  const Character head = spaced ? character_at(text, first.end) : first;
  for (const Classes kinds : {kLetters, kNumbers, kRest}) {
    if (is(head, kinds)) return run_end(text, head.end, kinds);
  }
  return space_end(text, at, false);
}

std::size_t qwen2_piece(std::string_view text, std::size_t at, std::size_t digits) {
  if (text[at] == '\'') {
    if (const std::size_t end = contraction_end(text, at, true); end > at) return end;
  }
  const Character first = character_at(text, at);
  if (is(first, kLetters)) return run_end(text, first.end, kLetters);
  if (is(first, kNumbers)) return run_end(text, at, kNumbers, digits);
  const bool has_next = first.end < text.size();
  const Character next = has_next ? character_at(text, first.end) : first;
  if (has_next && !is_line_break(first.point) && is(next, kLetters)) return run_end(text, next.end, kLetters);
  const bool spaced = text[at] == ' ' && has_next && is(next, kRest);
  if (spaced || is(first, kRest)) {
    return line_breaks_end(text, run_end(text, spaced ? next.end : first.end, kRest));
  }
  return space_end(text, at, true);
}

std::size_t ascii_letters_end(std::string_view text, std::size_t at) {
  while (at < text.size() && static_cast<unsigned char>((text[at] | 0x20) - 'a') < 26) ++at;
  return at;
}

std::size_t deepseek_piece(std::string_view text, std::size_t at) {
  const Character first = character_at(text, at);
  if (is(first, kNumbers)) return run_end(text, at, kNumbers, 3);
  const DeepSeekReader read{is_cjk(first.point)};
  const auto end_of = [&](std::size_t from, Classes kinds) { return run_end(text, from, kinds, SIZE_MAX, read); };
  if (first.point < 0x80 && is(first, kSigns)) {
    if (const std::size_t end = ascii_letters_end(text, first.end); end > first.end) return end;
  }
  if (is(first, kWords)) return end_of(first.end, kWords);
  const Character next = read(text, first.end);
  if (!is_line_break(first.point) && !is(first, kSigns) && is(next, kWords)) return end_of(next.end, kWords);
  const bool spaced = text[at] == ' ' && is(next, kSigns);
  if (spaced || is(first, kSigns)) {
    const std::size_t end = end_of(spaced ? next.end : first.end, kSigns);
    return read.cjk ? end : line_breaks_end(text, end);
  }
  if (is(first, kSpaces)) return space_end(text, at, true, read);
  // Matched by nothing: all up to the next match. The last character before a word belongs to that word.
  std::size_t last = at;
  for (std::size_t end = first.end;;) {
    const Character following = read(text, end);
    if (!is(following, bit(CharacterClass::other))) return is(following, kWords) ? last : end;
    last = end;
    end = following.end;
  }
}

}  // namespace

std::optional<PreTokenizer> find_pre_tokenizer(std::string_view name) {
  if (name == "gpt-2" || name == "gpt2") return PreTokenizer::gpt2;
  if (name == "qwen2" || name == "deepseek-r1-qwen") return PreTokenizer::qwen2;
  if (name == "llama-bpe" || name == "llama3" || name == "llama-v3") return PreTokenizer::llama3;
  if (name == "deepseek-v3") return PreTokenizer::deepseek3;
  return std::nullopt;
}

std::size_t next_piece(PreTokenizer kind, std::string_view text, std::size_t at) {
  switch (kind) {
    case PreTokenizer::gpt2: return gpt2_piece(text, at);
    case PreTokenizer::qwen2: return qwen2_piece(text, at, 1);
    case PreTokenizer::llama3: return qwen2_piece(text, at, 3);
    case PreTokenizer::deepseek3: break;
  }
  return deepseek_piece(text, at);
}

}  // namespace lemma
