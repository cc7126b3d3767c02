// A request inside the scheduler: its sequences (one per choice), their tokens and pages. Plain state; the scheduler moves it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kv_cache.h"
#include "lemma_engine.h"
#include "text_stream.h"

namespace lemma {

struct Job;

/// One choice. `tokens` is prompt and answer; the first `stored` of them have keys and values in the pages of `table`.
struct Sequence {
  Job* job = nullptr;
  std::uint32_t choice = 0;
  std::vector<std::uint32_t> tokens;
  PageTable table;
  std::uint32_t stored = 0;
  std::uint32_t reached = 0;               // the most that was ever stored: what is computed again costs the tenant nothing
  std::uint32_t planned = 0;               // rows of the present batch
  std::uint32_t reasoning_tokens = 0;
  TextStream text;
  bool finished = false;

  std::uint32_t generated() const;
};

struct Job {
  RequestId id = 0;
  Request request;
  std::string salt;                        // of the prefix cache: tenant and cache_salt
  std::uint64_t seed = 0;
  std::uint32_t limit = 0;                 // tokens that a choice may generate
  std::int64_t rank = 0;                   // smaller is better; see waiting_queue.h
  std::uint32_t cached_tokens = 0;         // of the prompt
  std::chrono::steady_clock::time_point started = {};
  bool cancelled = false;
  bool prefilled = false;                  // the prompt is stored; the choices run on their own
  std::vector<Sequence> sequences;
  std::vector<float> scores;               // score requests
  std::vector<float> logits;

  std::uint32_t prompt_tokens() const { return static_cast<std::uint32_t>(request.tokens.size()); }
  std::uint32_t choices() const { return static_cast<std::uint32_t>(sequences.size()); }
  bool is_score() const { return request.kind == RequestKind::score; }
  /// Whether it runs or has run: a waiting one that has gave its place up.
  bool has_begun() const { return started != std::chrono::steady_clock::time_point{}; }
  bool finished() const {
    for (const Sequence& sequence : sequences)
      if (!sequence.finished) return false;
    return true;
  }
  /// The choice that stores the prompt for all; there must be one that isn't finished.
  Sequence& leader() {
    std::size_t i = 0;
    while (sequences[i].finished) ++i;
    return sequences[i];
  }
  /// Whether a choice has something to compute: before the prompt is stored only the leader has.
  bool works(const Sequence& sequence) { return !sequence.finished && (prefilled || &sequence == &leader()); }
  /// Tokens that a working choice is to store: alone all it has; with others first the prompt, so that they can share it.
  std::uint32_t target(const Sequence& sequence) const {
    return prefilled || choices() == 1 ? static_cast<std::uint32_t>(sequence.tokens.size()) : prompt_tokens();
  }
  /// Better first: by rank, then by arrival.
  bool before(const Job& other) const { return rank != other.rank ? rank < other.rank : id < other.id; }
};

inline std::uint32_t Sequence::generated() const {
  return static_cast<std::uint32_t>(tokens.size()) - job->prompt_tokens();
}

}  // namespace lemma
