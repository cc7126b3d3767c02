// The states of ThinkParser, each consuming as much of the held text as it can decide.

#include "think_parser.h"

#include <algorithm>

namespace lemma {
namespace {

constexpr std::string_view kOpen = "<think>";
constexpr std::string_view kClose = "</think>";

/// Length of the longest end of `text` that is a proper beginning of `tag`.
std::size_t overlap(std::string_view text, std::string_view tag) {
  for (std::size_t length = std::min(text.size(), tag.size() - 1); length > 0; --length) {
    if (text.substr(text.size() - length) == tag.substr(0, length)) return length;
  }
  return 0;
}

}  // namespace

void ThinkParser::push(std::string_view text, std::string& reasoning, std::string& answer) {
  if (state_ == State::answer) {  // the common case
    answer += text;
    return;
  }
  held_ += text;
  while (!held_.empty()) {
    if (state_ == State::start) {
      const std::size_t first = held_.find_first_not_of(" \t\r\n");
      if (first == std::string::npos) return;
      const std::string_view rest = std::string_view(held_).substr(first);
      if (rest.starts_with(kOpen)) {
        held_.erase(0, first + kOpen.size());
        state_ = State::thought_start;
      } else if (kOpen.starts_with(rest)) {
        return;
      } else {
        state_ = State::answer;
      }
    } else if (state_ == State::thought_start || state_ == State::answer_start) {
      const std::size_t breaks = held_.find_first_not_of("\r\n");
      held_.erase(0, breaks);
      if (!held_.empty()) state_ = state_ == State::thought_start ? State::thought : State::answer;
    } else if (state_ == State::thought) {
      const std::size_t close = held_.find(kClose);
      if (close == std::string::npos) {
        const std::size_t sure = held_.size() - overlap(held_, kClose);
        reasoning.append(held_, 0, sure);
        held_.erase(0, sure);
        return;
      }
      reasoning.append(held_, 0, close);
      held_.erase(0, close + kClose.size());
      state_ = State::answer_start;
    } else {
      answer += held_;
      held_.clear();
    }
  }
}

void ThinkParser::finish(std::string& reasoning, std::string& answer) {
  (inside() ? reasoning : answer) += held_;
  held_.clear();
}

}  // namespace lemma
