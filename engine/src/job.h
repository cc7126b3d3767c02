// A request inside the scheduler: its sequences (one per choice), their tokens and pages. Plain state; the scheduler moves it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lemma_engine.h"
#include "text_stream.h"

namespace lemma {

struct Job;

/// One choice. `tokens` is prompt and answer; the first `stored` of them have keys and values in `pages`.
struct Sequence {
  Job* job = nullptr;
  std::uint32_t choice = 0;
  std::vector<std::uint32_t> tokens;
  std::vector<std::uint32_t> pages;
  std::uint32_t stored = 0;
  std::uint32_t reasoning_tokens = 0;
  TextStream text;
  bool finished = false;

  std::uint32_t generated() const;
};

struct Job {
  RequestId id = 0;
  Request request;
  std::uint64_t seed = 0;
  std::uint32_t limit = 0;                 // tokens that a choice may generate
  std::uint32_t pages_reserved = 0;
  bool cancelled = false;
  bool prefilled = false;                  // the prompt is stored; the choices run on their own
  std::vector<Sequence> sequences;
  std::vector<float> scores;               // score requests
  std::vector<float> logits;

  std::uint32_t prompt_tokens() const { return static_cast<std::uint32_t>(request.tokens.size()); }
  bool is_score() const { return request.kind == RequestKind::score; }
  bool finished() const {
    for (const Sequence& sequence : sequences)
      if (!sequence.finished) return false;
    return true;
  }
};

inline std::uint32_t Sequence::generated() const {
  return static_cast<std::uint32_t>(tokens.size()) - job->prompt_tokens();
}

}  // namespace lemma
