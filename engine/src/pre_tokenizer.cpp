// The matchers behind pre_tokenizer.h. Each alternative of the regular expressions is one block, tried in their order.

#include "pre_tokenizer.h"

#include "utf8.h"

namespace lemma {
namespace {

/// One character of the text: its class and its end.
struct Character {
  char32_t point;
  CharacterClass kind;
  std::size_t end;
};

Character character_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, character_class(first), at + 1};
  const Utf8Character decoded = decode_utf8(text, at);
  if (decoded.length == 0) return {0xFFFD, CharacterClass::other, at + 1};
  return {decoded.code_point, character_class(decoded.code_point), at + decoded.length};
}

/// The end of the longest run of one class from `at`, at most `limit` characters.
std::size_t run_end(std::string_view text, std::size_t at, CharacterClass kind, std::size_t limit = SIZE_MAX) {
  for (std::size_t count = 0; at < text.size() && count < limit; ++count) {
    const Character next = character_at(text, at);
    if (next.kind != kind) break;
    at = next.end;
  }
  return at;
}

bool is_line_break(char32_t point) { return point == '\r' || point == '\n'; }

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
  return at;
}

/// \s+(?!\S)|\s+ at a white-space character: all of a run that ends the text, else all but its last character.
std::size_t space_end(std::string_view text, std::size_t at) {
  std::size_t last = at;  // where the run's last character begins
  std::size_t end = at;
  while (end < text.size()) {
    const Character next = character_at(text, end);
    if (next.kind != CharacterClass::space) break;
    last = end;
    end = next.end;
  }
  return end == text.size() || last == at ? end : last;
}

std::size_t gpt2_piece(std::string_view text, std::size_t at) {
  if (text[at] == '\'') {
    if (const std::size_t end = contraction_end(text, at, false); end > at) return end;
  }
  const Character first = character_at(text, at);
  const bool spaced = text[at] == ' ' && first.end < text.size();
  const Character head = spaced ? character_at(text, first.end) : first;
  if (head.kind != CharacterClass::space) return run_end(text, head.end, head.kind);
  return space_end(text, at);
}

std::size_t qwen2_piece(std::string_view text, std::size_t at, std::size_t digits) {
  if (text[at] == '\'') {
    if (const std::size_t end = contraction_end(text, at, true); end > at) return end;
  }
  const Character first = character_at(text, at);
  if (first.kind == CharacterClass::letter) return run_end(text, first.end, CharacterClass::letter);
  if (first.kind == CharacterClass::number) return run_end(text, at, CharacterClass::number, digits);
  const bool has_next = first.end < text.size();
  const Character next = has_next ? character_at(text, first.end) : first;
  if (has_next && !is_line_break(first.point) && next.kind == CharacterClass::letter) {
    return run_end(text, next.end, CharacterClass::letter);
  }
  const bool spaced = text[at] == ' ' && has_next && next.kind == CharacterClass::other;
  if (first.kind == CharacterClass::other || spaced) {
    std::size_t end = run_end(text, spaced ? next.end : first.end, CharacterClass::other);
    while (end < text.size() && is_line_break(static_cast<unsigned char>(text[end]))) ++end;
    return end;
  }
  std::size_t after_break = at;  // \s*[\r\n]+ ends behind the last line break of the white space
  for (std::size_t end = at; end < text.size();) {
    const Character space = character_at(text, end);
    if (space.kind != CharacterClass::space) break;
    end = space.end;
    if (is_line_break(space.point)) after_break = end;
  }
  return after_break > at ? after_break : space_end(text, at);
}

}  // namespace

std::optional<PreTokenizer> find_pre_tokenizer(std::string_view name) {
  if (name == "gpt-2" || name == "gpt2") return PreTokenizer::gpt2;
  if (name == "qwen2" || name == "deepseek-r1-qwen") return PreTokenizer::qwen2;
  if (name == "llama-bpe" || name == "llama3" || name == "llama-v3") return PreTokenizer::llama3;
  return std::nullopt;
}

std::size_t next_piece(PreTokenizer kind, std::string_view text, std::size_t at) {
  if (kind == PreTokenizer::gpt2) return gpt2_piece(text, at);
  return qwen2_piece(text, at, kind == PreTokenizer::qwen2 ? 1 : 3);
}

}  // namespace lemma
