// From the tokens of one choice to its text: bytes, whole UTF-8 characters, thought and answer, stop strings, in this order.
#pragma once

#include <string>
#include <vector>

#include "stop_matcher.h"
#include "think_parser.h"
#include "tokenizer.h"
#include "utf8_stream.h"

namespace lemma {

class TextStream {
 public:
  /// Without a tokenizer there is no text.
  TextStream(const Tokenizer* tokenizer, bool starts_in_think, std::vector<std::string> stops)
      : tokenizer_(tokenizer), think_(starts_in_think), stop_(std::move(stops)) {}

  /// Appends what the token adds. True when a stop string ended the answer.
  bool push(std::uint32_t token, std::string& reasoning, std::string& text) {
    if (tokenizer_ == nullptr || tokenizer_->is_control(token)) return false;
    utf8_text_.clear();
    utf8_.push(tokenizer_->token_bytes(token), utf8_text_);
    answer_.clear();
    think_.push(utf8_text_, reasoning, answer_);
    return stop_.push(answer_, text);
  }
  /// Appends what was held back when the reply ends without a stop string.
  void finish(std::string& reasoning, std::string& text) {
    utf8_text_.clear();
    answer_.clear();
    utf8_.finish(utf8_text_);
    think_.push(utf8_text_, reasoning, answer_);
    think_.finish(reasoning, answer_);
    if (!stop_.push(answer_, text)) stop_.finish(text);
  }
  bool inside_think() const { return think_.inside(); }

 private:
  const Tokenizer* tokenizer_;
  Utf8Stream utf8_;
  ThinkParser think_;
  StopMatcher stop_;
  std::string utf8_text_, answer_;
};

}  // namespace lemma
