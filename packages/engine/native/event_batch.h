// The events that JavaScript has not heard yet, as it gets them: numbers (kNumbers an event), text (all thoughts and answers end to end),
// tokens and floats. Steps that JavaScript did not wait for become one event of their choice: it hears less often, never less.
// With log-probabilities every step stays an event of its own: they belong to the thought or the answer of their step.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "lemma_engine.h"

namespace lemma_node {

class EventBatch {
 public:
  /// Positions in an event's numbers; src/engine-events.ts reads them by the same names.
  enum Slot : std::uint32_t {
    kRequestLow, kRequestHigh, kChoice, kFinish,
    kReasoningUnits,  // UTF-16 code units of `text`
    kTextUnits,
    kMessageUnits,    // an error's message, behind the two
    kCode,            // an error's Code
    kTokens,          // of `tokens`: new ones, then top_logprobs'
    kTopTokens,
    kFloats,          // of `floats`: logprobs, top_logprobs, scores, logits, in this order
    kPromptTokens, kCachedTokens, kCompletionTokens, kReasoningTokens,
    kNumbers,
  };
  struct Values {
    std::vector<std::uint32_t> numbers;
    std::string text;
    std::vector<std::uint32_t> tokens;
    std::vector<float> floats;
  };

  bool empty() const { return used_ == 0; }
  void add(const lemma::Event& event);
  /// All events, in the order in which their choices were first heard of.
  Values values() const;
  /// Forgets the events and keeps their memory.
  void clear();

 private:
  struct Entry {
    lemma::RequestId request;
    std::uint32_t choice;
    lemma::FinishReason finish;
    lemma::Usage usage;
    std::uint32_t code;
    std::string reasoning, text, message;
    std::vector<std::uint32_t> tokens, top_tokens;
    std::vector<float> floats;
  };
  struct Place {
    lemma::RequestId request;
    std::uint32_t choice;
    bool operator==(const Place&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Place& place) const {
      return static_cast<std::size_t>(place.request * 0x9E3779B97F4A7C15ULL + place.choice);
    }
  };

  Entry& entry_of(const lemma::Event& event);

  std::vector<Entry> entries_;                               // the first `used_` count
  std::size_t used_ = 0;
  std::unordered_map<Place, std::size_t, Hash> latest_;      // a choice's last entry
};

}  // namespace lemma_node
