// Collects what a step did to each choice, and shows it as Events. Owns the memory that the events' views point to; reused from
// step to step, so a steady state allocates nothing.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "lemma_engine.h"

namespace lemma {

class StepEvents {
 public:
  struct Entry {
    RequestId request = 0;
    std::uint32_t choice = 0;
    std::vector<std::uint32_t> tokens;
    std::string reasoning, text;
    std::vector<TokenLogprob> logprobs, top_logprobs;
    std::vector<float> scores, logits;
    FinishReason finish = FinishReason::none;
    Usage usage;
    Status status;
  };

  /// A fresh entry; stays valid until clear().
  Entry& add(RequestId request, std::uint32_t choice) {
    if (used_ == entries_.size()) entries_.emplace_back();
    Entry& entry = entries_[used_++];
    entry.request = request;
    entry.choice = choice;
    entry.tokens.clear();
    entry.reasoning.clear();
    entry.text.clear();
    entry.logprobs.clear();
    entry.top_logprobs.clear();
    entry.scores.clear();
    entry.logits.clear();
    entry.finish = FinishReason::none;
    entry.usage = {};
    entry.status = {};
    return entry;
  }
  bool empty() const { return used_ == 0; }

  std::span<const Event> view() {
    events_.clear();
    for (std::size_t i = 0; i < used_; ++i) {
      const Entry& entry = entries_[i];
      events_.push_back({.request = entry.request, .choice = entry.choice, .tokens = entry.tokens,
                         .reasoning = entry.reasoning, .text = entry.text, .logprobs = entry.logprobs,
                         .top_logprobs = entry.top_logprobs, .scores = entry.scores, .logits = entry.logits,
                         .finish = entry.finish, .usage = entry.usage, .status = entry.status});
    }
    return events_;
  }
  void clear() { used_ = 0; }

 private:
  std::deque<Entry> entries_;
  std::size_t used_ = 0;
  std::vector<Event> events_;
};

}  // namespace lemma
