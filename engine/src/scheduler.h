// The one thread that decodes. Each step it starts requests, packs one batch (a token for every running choice, then pieces of
// prompts up to a budget), runs the model, draws tokens, and hands all events out in one call.
//
// Invariants:
//  - A request is accepted only if it fits into the KV cache alone, at its longest. Running ones are ranked (waiting_queue.h); one
//    that lacks pages takes those of the worst-ranked, which waits, and computes its tokens again later (preemption). So memory never
//    runs out, and the best-ranked always goes on: everybody ends.
//  - The batch is packed in the order of ranks and pages are taken from the other end, so who loses its pages is never in the batch.
//  - Choices that decode are in every batch; prompts share what the budget leaves, best rank first. While choices decode, long prompts
//    get together what slows the others by a small factor (step_pacer.h), and never more than one chunk a step.
//  - Full pages are shared (kv_cache.h): a prompt begins with the pages that are known, and waits while another request computes
//    the one that it needs next. At least the prompt's last token is computed. Score requests want every position's logits, so they
//    neither take pages from the cache nor leave any.
//  - Every accepted request gets exactly one finishing event per choice, also when it is cancelled or the engine is disposed.
//  - What a choice generates depends on its prompt, seed and choice index only: not on the batch, the cache or preemptions. Where a
//    decoder computes a prompt's tokens otherwise than generated ones, pages are shared within prompts only.
//  - Weights change only between steps; see SwapMode for what that means to running requests.
// Only submit, cancel, swap, dispose and stats may be called from other threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <unordered_set>

#include "batch.h"
#include "decoder.h"
#include "job.h"
#include "kv_cache.h"
#include "load_estimate.h"
#include "sampler.h"
#include "step_events.h"
#include "step_pacer.h"
#include "thread_governor.h"
#include "waiting_queue.h"

namespace lemma {

struct SchedulerLimits {
  std::uint32_t context_length, max_sequences, step_tokens, max_queue;
  std::uint32_t score_rows;  // rows of one batch whose logits score requests may have, beside one for each sequence
};

class Scheduler {
 public:
  /// `pool` is the thread pool that the decoder was prepared with. The tokenizer may be null.
  Scheduler(std::unique_ptr<Decoder> decoder, std::unique_ptr<ThreadPool> pool, const KernelTable& kernels, KvCache cache,
            const Tokenizer* tokenizer, SchedulerLimits limits, StepCallback on_step);
  ~Scheduler();

  void set_callback(StepCallback on_step) { on_step_ = std::move(on_step); }
  Result<RequestId> submit(Request request);
  void cancel(RequestId id);
  void dispose();
  Stats stats() const;
  /// Exchanges the decoder, which must be prepared like the first one and have its shape; blocks until it is in use. Not on the
  /// scheduler's own thread. `pack_now`: pack all weights at once and let their file go. Error: `disposed`.
  Status swap(std::unique_ptr<Decoder> decoder, SwapMode mode, bool pack_now);
  bool is_own_thread() const { return std::this_thread::get_id() == own_id_; }

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

  struct Swap {
    std::unique_ptr<Decoder> decoder;
    SwapMode mode = SwapMode::finish;
    bool pack_now = false;
  };

  // Rows that a batch still has room for.
  struct Budget {
    std::uint32_t rows;
    std::uint32_t pace;          // a prompt with more than this left is a long one
    std::uint32_t long_rows;     // for all long ones together
    std::uint32_t score_rows;
  };

  void run();
  bool wait_for_work();
  void step();
  // before the batch: scheduler_requests.cpp
  void take_incoming();
  void drop_cancelled();
  // weights: scheduler_swap.cpp
  bool exchange_weights();
  bool swap_waits(SwapMode mode);
  void start_begun();
  // the batch: scheduler_batch.cpp
  void admit();
  bool fits(Job& job);
  void start(std::unique_ptr<Job> job);
  void preempt();
  void schedule();
  std::uint32_t sharable(const Job& job, std::size_t count) const;
  std::span<const std::uint32_t> reusable(const Job& job, const Sequence& sequence) const;
  void take_cached_pages();
  std::uint32_t decoding() const;
  void plan_rows(Job& job, Budget& budget);
  bool waits_for_page(const Sequence& sequence);
  bool secure_pages(Job& job);
  void add_rows(Sequence& sequence);
  void add_draws(Sequence& sequence, std::uint32_t from, std::uint32_t first_row);
  // after it
  void run_batch();
  void store_pages();
  void fork_choices(Job& job);
  void draw_tokens();
  void accept_tokens();
  void accept(const Draw& draw);
  void finish(Sequence& sequence, FinishReason reason, StepEvents::Entry& entry);
  void remove_finished();
  void deliver();
  void publish_load();
  void abort_all();

  Status check(const Request& request) const;
  std::uint32_t answer_limit(const Request& request) const;
  std::uint32_t pages_needed(const Job& job) const;

  std::unique_ptr<ThreadPool> threads_;
  std::unique_ptr<Decoder> decoder_;
  const std::uint32_t vocabulary_;
  const std::uint32_t total_pages_;
  const std::uint64_t page_bytes_;
  KvCache cache_;
  const Tokenizer* tokenizer_;
  const SchedulerLimits limits_;
  StepCallback on_step_;

  // The scheduler thread's own.
  WaitingQueue waiting_;
  std::vector<std::unique_ptr<Job>> running_;  // best rank first
  Batch batch_;
  std::vector<Draw> draws_;
  std::vector<Sampler> samplers_;  // one a thread
  ThreadGovernor governor_;
  StepPacer pacer_;
  StepEvents events_;
  std::vector<std::uint64_t> claims_;  // keys of the pages that the batch's prompts compute
  std::uint32_t live_ = 0;             // sequences that run
  std::uint32_t most_used_ = 0;        // pages that running sequences held at once, ever
  std::uint32_t decode_rows_ = 0;      // of the batch
  std::uint32_t prompt_rows_ = 0;      // of the batch: prompt tokens that are computed for the first time

  // Shared, under the mutex.
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::unique_ptr<Job>> incoming_;
  std::unordered_set<RequestId> cancelled_;
  bool disposing_ = false;
  std::optional<Swap> swap_;       // wanted; the decoder in it is taken when the exchange begins
  std::condition_variable swapped_;
  RequestId next_id_ = 1;
  std::uint32_t queued_ = 0;       // accepted and not running
  std::uint32_t refused_ = 0;      // requests told to come back, less the places that became free since
  LoadEstimate load_;
  Stats stats_;

  std::mutex joining_;
  std::atomic<std::thread::id> own_id_ = {};
  std::thread thread_;
};

}  // namespace lemma
