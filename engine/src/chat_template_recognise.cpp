// Tells a template's family from its Jinja source by the words and literals in it. Jinja is only split here, never run.

#include <algorithm>
#include <set>

#include "chat_template.h"

namespace lemma {
namespace {

/// The names that a template uses, and its text: string literals and what stands outside of tags, but for white space.
struct Vocabulary {
  std::set<std::string> words;
  std::set<std::string> literals;
};

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); }

/// Reads the string literal whose quote stands at `at`; returns the position behind it.
std::size_t read_literal(std::string_view source, std::size_t at, std::set<std::string>& literals) {
  const char quote = source[at++];
  std::string text;
  for (; at < source.size() && source[at] != quote; ++at) {
    char c = source[at];
    if (c == '\\' && at + 1 < source.size()) {
      c = source[++at];
      if (c == 'n') c = '\n';
      if (c == 't') c = '\t';
    }
    text += c;
  }
  literals.insert(std::move(text));
  return std::min(at + 1, source.size());
}

/// Reads a tag from behind its "{{" or "{%"; returns the position behind its end.
std::size_t read_tag(std::string_view source, std::size_t at, std::string_view end, Vocabulary& found) {
  while (at < source.size()) {
    if (source.substr(at, 2) == end) return at + 2;
    if (source[at] == '\'' || source[at] == '"') {
      at = read_literal(source, at, found.literals);
    } else if (is_word(source[at])) {
      const std::size_t start = at;
      while (at < source.size() && is_word(source[at])) ++at;
      if (source[start] < '0' || source[start] > '9') found.words.emplace(source.substr(start, at - start));
    } else {
      ++at;
    }
  }
  return at;
}

Vocabulary read_template(std::string_view source) {
  Vocabulary found;
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t tag = std::min(source.find('{', at), source.size());
    constexpr std::string_view kSpace = " \t\r\n";
    const std::string_view outside = source.substr(at, tag - at);
    if (const std::size_t first = outside.find_first_not_of(kSpace); first != std::string_view::npos) {
      found.literals.emplace(outside.substr(first, outside.find_last_not_of(kSpace) + 1 - first));
    }
    const std::string_view opening = source.substr(tag, 2);
    if (opening == "{{") {
      at = read_tag(source, tag + 2, "}}", found);
    } else if (opening == "{%") {
      at = read_tag(source, tag + 2, "%}", found);
    } else if (opening == "{#") {
      const std::size_t end = source.find("#}", tag + 2);
      at = end == std::string_view::npos ? source.size() : end + 2;
    } else {
      if (tag < source.size()) found.literals.emplace("{");
      at = tag + 1;
    }
  }
  return found;
}

/// What a family's templates may consist of, and the literals that all of them have.
struct Fingerprint {
  std::set<std::string> words;
  std::set<std::string> literals;
  std::vector<std::string> required;

  bool fits(const Vocabulary& found) const {
    const auto within = [](const std::set<std::string>& part, const std::set<std::string>& whole) {
      return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
    };
    return within(found.words, words) && within(found.literals, literals) &&
           std::all_of(required.begin(), required.end(),
                       [&](const std::string& text) { return found.literals.count(text) > 0; });
  }
};

const std::set<std::string> kLogic = {"add_generation_prompt", "and", "defined", "elif", "else", "endfor", "endif",
                                      "false", "for", "if", "in", "is", "message", "messages", "not", "set", "true"};

std::set<std::string> logic_and(std::set<std::string> more) {
  more.insert(kLogic.begin(), kLogic.end());
  return more;
}

Fingerprint lemma_fingerprint() {
  return {logic_and({"role", "content", "split", "raise_exception", "enable_thinking"}),
          {"system", "user", "tool", "assistant", "</think>", "unknown role ", "<|system|>", "<|user|>", "<|tool|>",
           "<|assistant|>", "<|end|>", "<think>", "<|assistant|><think>"},
          {"<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "</think>"}};
}

Fingerprint deepseek_fingerprint() {
  return {logic_and({"ns", "namespace", "is_first", "is_tool", "is_output_first", "is_last_user", "system_prompt",
                     "is_first_sp", "bos_token", "content", "split", "tool", "none", "role", "tool_calls"}),
          {"", "role", "system", "content", "user", "assistant", "tool", "tool_calls", "type", "function", "name",
           "arguments", "\n", "\n\n", "```json", "```", "</think>", "<｜User｜>", "<｜Assistant｜>",
           "<｜Assistant｜><think>\n", "<｜end▁of▁sentence｜>", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>",
           "<｜Assistant｜><｜tool▁calls▁begin｜><｜tool▁call▁begin｜>", "<｜tool▁sep｜>", "<｜tool▁call▁end｜>",
           "<｜tool▁call▁begin｜>", "\n<｜tool▁call▁begin｜>", "<｜tool▁calls▁end｜>",
           "<｜tool▁calls▁end｜><｜end▁of▁sentence｜>", "<｜tool▁outputs▁end｜>", "<｜tool▁output▁end｜>",
           "<｜tool▁outputs▁begin｜><｜tool▁output▁begin｜>", "<｜tool▁output▁begin｜>",
           "\n<｜tool▁output▁begin｜>"},
          {"<｜User｜>", "<｜Assistant｜>", "<｜end▁of▁sentence｜>", "</think>"}};
}

Fingerprint chatml_fingerprint() {
  return {logic_and({"role", "content"}),
          {"role", "content", "\n", "<|im_start|>", "<|im_end|>", "<|im_end|>\n", "<|im_start|>assistant\n"},
          {"<|im_start|>", "<|im_start|>assistant\n"}};
}

Fingerprint llama3_fingerprint() {
  return {logic_and({"role", "content", "loop_messages", "loop", "index0", "first", "bos_token", "trim"}),
          {"role", "content", "\n\n", "<|start_header_id|>", "<|end_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>",
           "<|start_header_id|>assistant<|end_header_id|>\n\n"},
          {"<|start_header_id|>", "<|eot_id|>", "<|start_header_id|>assistant<|end_header_id|>\n\n"}};
}

}  // namespace

ChatTemplate ChatTemplate::recognise(std::string_view source) {
  const Vocabulary found = read_template(source);
  if (lemma_fingerprint().fits(found)) return ChatTemplate(Family::lemma);
  if (deepseek_fingerprint().fits(found)) {
    return ChatTemplate(Family::deepseek_r1, found.literals.count("<｜Assistant｜><think>\n") > 0);
  }
  if (chatml_fingerprint().fits(found)) return ChatTemplate(Family::chatml);
  // Some builds of Llama 3 templates don't trim; those are left to Jinja.
  if (llama3_fingerprint().fits(found) && found.words.count("trim") > 0) return ChatTemplate(Family::llama3);
  return ChatTemplate(Family::foreign);
}

}  // namespace lemma
