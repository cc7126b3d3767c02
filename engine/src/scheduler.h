// The one thread that decodes. Each step it admits requests, packs one batch (a token for every running choice, then pieces of
// prompts up to the token budget), runs the model, draws tokens, and hands all events out in one call.
//
// Invariants:
//  - A request runs only after the page pool has set aside its worst case, so a running one never waits for memory.
//  - Requests start in the order of arrival; one that doesn't fit yet holds back those behind it (no starvation).
//  - Running choices come first in each batch; prompts share what the budget leaves, oldest first. So a long prompt slows the
//    others by at most one budget's worth of work a step.
//  - Choices of a request share the pages of its prompt; a page that one of them will write to is copied first.
//  - Every accepted request gets exactly one finishing event per choice, also when it is cancelled or the engine is disposed.
//  - What a choice generates depends on its tokens, seed and choice index only, not on what else is in the batch.
// Only submit, cancel, dispose and stats may be called from other threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "batch.h"
#include "decoder.h"
#include "job.h"
#include "page_pool.h"
#include "sampler.h"
#include "step_events.h"
#include "thread_governor.h"

namespace lemma {

struct SchedulerLimits {
  std::uint32_t context_length, max_sequences, step_tokens, max_queue;
  std::uint32_t score_rows;  // rows of one batch whose logits score requests may have, beside one for each sequence
};

class Scheduler {
 public:
  /// `pool` is the thread pool that the decoder was prepared with. The tokenizer may be null.
  Scheduler(std::unique_ptr<Decoder> decoder, std::unique_ptr<ThreadPool> pool, const KernelTable& kernels, PagePool pages,
            const Tokenizer* tokenizer, SchedulerLimits limits, StepCallback on_step);
  ~Scheduler();

  void set_callback(StepCallback on_step) { on_step_ = std::move(on_step); }
  Result<RequestId> submit(Request request);
  void cancel(RequestId id);
  void dispose();
  Stats stats() const;

 private:
  // A row of logits and what to do with it: draw a token for one choice, or read a given token's log-probability.
  struct Draw {
    Sequence* sequence;
    std::uint32_t logits;        // index among the batch's logit rows
    std::uint32_t position;      // of the token to draw or to score
    std::uint32_t token = 0;
    float logprob = 0;
    TokenLogprob top[20];
  };

  void run();
  bool wait_for_work();
  void step();
  // schedule
  void take_incoming();
  void drop_cancelled();
  void admit();
  void schedule();
  void add_rows(Sequence& sequence, std::uint32_t rows);
  void fork_choices(Job& job);
  // post-process
  void draw_tokens();
  void accept_tokens();
  void accept(const Draw& draw);
  void finish(Sequence& sequence, FinishReason reason, StepEvents::Entry& entry);
  void remove_finished();
  void deliver();
  void abort_all();

  Status check(const Request& request) const;
  std::uint32_t answer_limit(const Request& request) const;
  std::uint32_t pages_needed(const Job& job) const;

  std::unique_ptr<ThreadPool> threads_;
  std::unique_ptr<Decoder> decoder_;
  const std::uint32_t vocabulary_;
  const std::uint32_t total_pages_;
  PagePool pages_;
  const Tokenizer* tokenizer_;
  const SchedulerLimits limits_;
  StepCallback on_step_;

  // The scheduler thread's own.
  std::deque<std::unique_ptr<Job>> waiting_;
  std::vector<std::unique_ptr<Job>> running_;
  Batch batch_;
  std::vector<Draw> draws_;
  std::vector<Sampler> samplers_;  // one a thread
  ThreadGovernor governor_;
  StepEvents events_;
  std::uint32_t live_ = 0;         // sequences that run
  std::uint32_t prompt_rows_ = 0;  // of the batch

  // Shared, under the mutex.
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::unique_ptr<Job>> incoming_;
  std::unordered_set<RequestId> cancelled_;
  bool disposing_ = false;
  RequestId next_id_ = 1;
  std::uint32_t queued_ = 0;       // accepted and not yet running
  Stats stats_;

  std::mutex joining_;
  std::thread thread_;
};

}  // namespace lemma
