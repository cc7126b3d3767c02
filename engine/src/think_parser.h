// Splits the text that a model writes into thought and answer while it streams in. Text in, text out: a tag may arrive as one
// token or cut across any number of them, so what may be the beginning of a tag is held back. Knows no tokens.
//
// Grammar: [white space] [<think> thought </think>] answer. A prompt may end inside the thought (then <think> is not
// expected), and the thought may never end. Tags count nowhere else: a later <think> is answer text. Line breaks directly
// behind a tag belong to the markup and are dropped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lemma {

class ThinkParser {
 public:
  explicit ThinkParser(bool starts_inside) : state_(starts_inside ? State::thought_start : State::start) {}

  /// Appends what `text` adds to the thought and to the answer.
  void push(std::string_view text, std::string& reasoning, std::string& answer);
  /// Appends what was held back: the reply ends here.
  void finish(std::string& reasoning, std::string& answer);
  /// Whether the next text belongs to the thought, so far as known.
  bool inside() const { return state_ == State::thought || state_ == State::thought_start; }

 private:
  enum class State : std::uint8_t { start, thought_start, thought, answer_start, answer };

  State state_;
  std::string held_;  // may be the beginning of a tag, or white space before one
};

}  // namespace lemma
