// Gathering on the scheduler's thread, flattening on JavaScript's.

#include "event_batch.h"

#include <string_view>

namespace lemma_node {
namespace {

/// UTF-16 code units of valid UTF-8.
std::uint32_t utf16_units(std::string_view text) {
  std::uint32_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0U) != 0x80U;
    units += byte >= 0xF0U;
  }
  return units;
}

template <class T, class U>
void append(std::vector<T>& to, const U& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

// The choice's last entry where the event may join it, else a new one.
EventBatch::Entry& EventBatch::entry_of(const lemma::Event& event) {
  const auto [at, is_new] = latest_.try_emplace({event.request, event.choice}, used_);
  if (!is_new) {
    Entry& last = entries_[at->second];
    const bool has_floats = !last.floats.empty() || !event.logprobs.empty() || !event.scores.empty() || !event.logits.empty();
    if (!has_floats && last.finish == lemma::FinishReason::none && (last.text.empty() || event.reasoning.empty())) return last;
    at->second = used_;
  }
  if (used_ == entries_.size()) entries_.emplace_back();
  Entry& fresh = entries_[used_++];
  fresh.request = event.request;
  fresh.choice = event.choice;
  fresh.reasoning.clear();
  fresh.text.clear();
  fresh.message.clear();
  fresh.tokens.clear();
  fresh.top_tokens.clear();
  fresh.floats.clear();
  return fresh;
}

void EventBatch::add(const lemma::Event& event) {
  Entry& entry = entry_of(event);
  entry.finish = event.finish;
  entry.usage = event.usage;
  entry.code = static_cast<std::uint32_t>(event.status.code);
  entry.reasoning += event.reasoning;
  entry.text += event.text;
  entry.message += event.status.message;
  append(entry.tokens, event.tokens);
  for (const lemma::TokenLogprob& top : event.top_logprobs) entry.top_tokens.push_back(top.token);
  for (const lemma::TokenLogprob& own : event.logprobs) entry.floats.push_back(own.logprob);
  for (const lemma::TokenLogprob& top : event.top_logprobs) entry.floats.push_back(top.logprob);
  append(entry.floats, event.scores);
  append(entry.floats, event.logits);
}

EventBatch::Values EventBatch::values() const {
  Values out;
  out.numbers.reserve(used_ * kNumbers);
  for (std::size_t i = 0; i < used_; ++i) {
    const Entry& entry = entries_[i];
    std::uint32_t numbers[kNumbers] = {};
    numbers[kRequestLow] = static_cast<std::uint32_t>(entry.request);
    numbers[kRequestHigh] = static_cast<std::uint32_t>(entry.request >> 32U);
    numbers[kChoice] = entry.choice;
    numbers[kFinish] = static_cast<std::uint32_t>(entry.finish);
    numbers[kReasoningUnits] = utf16_units(entry.reasoning);
    numbers[kTextUnits] = utf16_units(entry.text);
    numbers[kMessageUnits] = utf16_units(entry.message);
    numbers[kCode] = entry.code;
    numbers[kTokens] = static_cast<std::uint32_t>(entry.tokens.size());
    numbers[kTopTokens] = static_cast<std::uint32_t>(entry.top_tokens.size());
    numbers[kFloats] = static_cast<std::uint32_t>(entry.floats.size());
    numbers[kPromptTokens] = entry.usage.prompt_tokens;
    numbers[kCachedTokens] = entry.usage.cached_tokens;
    numbers[kCompletionTokens] = entry.usage.completion_tokens;
    numbers[kReasoningTokens] = entry.usage.reasoning_tokens;
    out.numbers.insert(out.numbers.end(), numbers, numbers + kNumbers);
    out.text += entry.reasoning;
    out.text += entry.text;
    out.text += entry.message;
    append(out.tokens, entry.tokens);
    append(out.tokens, entry.top_tokens);
    append(out.floats, entry.floats);
  }
  return out;
}

void EventBatch::clear() {
  used_ = 0;
  latest_.clear();
}

}  // namespace lemma_node
