// A small byte-level vocabulary for tests: the 256 bytes, given merges, and Lemma's added tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "byte_alphabet.h"
#include "tokenizer.h"

namespace lemma_test {

/// `text` in GPT-2's byte alphabet.
inline std::string spelled(std::string_view text) {
  std::string out;
  for (const char c : text) {
    std::uint32_t point = 0;
    while (lemma::kByteOfCharacter[point] != static_cast<std::uint8_t>(c)) ++point;
    lemma::append_utf8(out, point);
  }
  return out;
}

struct Vocabulary {
  std::vector<std::string> tokens;
  std::vector<std::uint8_t> kinds;
  std::vector<std::string> merges;
  std::string pre = "qwen2";
  bool composes = false;

  Vocabulary() {
    for (int byte = 0; byte < 256; ++byte) add(spelled(std::string(1, static_cast<char>(byte))), 1);
    for (const char* control : {"<|pad|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>"}) add(control, 3);
    for (const char* visible : {"<think>", "</think>", "[BACK]"}) add(visible, 4);
  }
  void add(const std::string& text, std::uint8_t kind) {
    tokens.push_back(text);
    kinds.push_back(kind);
  }
  /// A merge of two texts, whose union becomes a token.
  void merge(std::string_view left, std::string_view right) {
    merges.push_back(spelled(left) + " " + spelled(right));
    add(spelled(std::string(left) + std::string(right)), 1);
  }
  lemma::Result<lemma::Tokenizer> make(bool whole_words_first = false) const {
    const std::vector<std::string_view> token_views(tokens.begin(), tokens.end());
    const std::vector<std::string_view> merge_views(merges.begin(), merges.end());
    lemma::TokenizerSource source;
    source.tokens = token_views;
    source.kinds = kinds;
    source.merges = merge_views;
    source.pre = pre;
    source.whole_words_first = whole_words_first;
    source.composes = composes;
    source.ends = {257};
    return lemma::Tokenizer::create(source);
  }
};

}  // namespace lemma_test
