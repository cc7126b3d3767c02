// The first half of a step: which requests start, who gives up its pages, and which rows go into the batch.

#include <algorithm>
#include <utility>

#include "scheduler.h"

namespace lemma {
// ---- who runs ----

// In turn; one that doesn't fit yet holds back those behind it, unless its priority lets it take the place of a lower one.
void Scheduler::admit() {
  while (Job* job = waiting_.next()) {
    while (!fits(*job)) {
      if (running_.empty()) return;
      const Job& worst = *running_.back();
      if (worst.request.priority >= job->request.priority || worst.before(*job)) return;
      preempt();
    }
    start(waiting_.take(*job));
  }
}

// Whether there is a place in the batch, and memory: for the whole prompt, for what the running prompts have not stored yet, and for a
// page more for everyone who runs. Alone every accepted request fits.
bool Scheduler::fits(Job& job) {
  if (live_ + job.choices() > limits_.max_sequences) return false;
  if (running_.empty()) return true;
  Sequence& leader = job.leader();
  const KvCache::Hit hit = job.is_score() ? KvCache::Hit{} : cache_.peek(job.salt, reusable(job, leader));
  std::uint64_t needed = live_ + hit.idle - hit.pages;
  for (const Sequence& sequence : job.sequences)
    if (!sequence.finished)
      needed += pages_of(sequence.tokens.size() + 1, kPageTokens) - (&sequence == &leader ? 0 : job.prompt_tokens() / kPageTokens);
  for (const auto& other : running_)
    if (!other->prefilled) {
      const Sequence& sequence = other->leader();
      needed += pages_of(other->target(sequence), kPageTokens) - sequence.table.pages.size();
    }
  return needed <= cache_.available();
}

void Scheduler::start(std::unique_ptr<Job> job) {
  live_ += job->choices();
  job->started = std::chrono::steady_clock::now();
  running_.insert(std::ranges::upper_bound(running_, job, [](const auto& a, const auto& b) { return a->before(*b); }),
                  std::move(job));
  const std::lock_guard lock(mutex_);
  --queued_;
  refused_ = queued_ == 0 || refused_ == 0 ? 0 : refused_ - 1;
}

// The worst-ranked request gives its pages back and waits. What it has generated stays; the full pages stay in the cache as long as
// nobody needs the memory. Draws depend on seed, choice and position, so it goes on with the same tokens.
void Scheduler::preempt() {
  std::unique_ptr<Job> job = std::move(running_.back());
  running_.pop_back();
  for (Sequence& sequence : job->sequences) {
    cache_.truncate(sequence.table, 0);
    sequence.stored = sequence.planned = 0;
  }
  job->prefilled = false;
  live_ -= job->choices();
  waiting_.put_back(std::move(job));
  const std::lock_guard lock(mutex_);
  ++queued_;
  ++stats_.preempted;
}

// ---- what they compute ----

void Scheduler::schedule() {
  batch_.clear();
  draws_.clear();
  claims_.clear();
  prompt_rows_ = 0;
  take_cached_pages();
  decode_rows_ = decoding();
  const std::uint32_t rows = limits_.step_tokens - decode_rows_, pace = pacer_.budget(decode_rows_, rows);
  Budget budget = {.rows = rows, .pace = pace, .long_rows = pace, .score_rows = limits_.score_rows};
  for (std::size_t i = 0; i < running_.size(); ++i) {  // preemption shortens running_, behind i
    Job& job = *running_[i];
    plan_rows(job, budget);
    if (!secure_pages(job)) break;
    for (Sequence& sequence : job.sequences)
      if (sequence.planned > 0) add_rows(sequence);
  }
}

// Of a sequence's first `count` tokens those whose pages others may share.
std::uint32_t Scheduler::sharable(const Job& job, std::size_t count) const {
  const std::size_t most = decoder_->tells_prompts_apart() ? std::min<std::size_t>(count, job.prompt_tokens()) : count;
  return static_cast<std::uint32_t>(most);
}

// Tokens of a sequence that may come from the cache: all but the last one of what it is to store, whose logits are wanted.
std::span<const std::uint32_t> Scheduler::reusable(const Job& job, const Sequence& sequence) const {
  const std::size_t most = std::min<std::size_t>(job.target(sequence), sequence.tokens.size() - 1);
  return std::span(sequence.tokens).first(sharable(job, most));
}

// Sequences that stand at the border of a page take the pages behind it that have become known since.
void Scheduler::take_cached_pages() {
  std::uint64_t cached = 0;
  for (const auto& job : running_)
    for (Sequence& sequence : job->sequences) {
      if (job->is_score() || !job->works(sequence) || sequence.stored % kPageTokens != 0) continue;
      if (sequence.stored + 1 >= job->target(sequence)) continue;
      const std::uint32_t before = std::max(sequence.stored, sequence.reached);
      sequence.stored += cache_.reuse(sequence.table, job->salt, reusable(*job, sequence));
      const std::uint32_t after = std::min(sequence.stored, job->prompt_tokens());
      if (after > before) job->cached_tokens += after - before, cached += after - before;
      sequence.reached = std::max(sequence.reached, sequence.stored);
    }
  if (cached == 0) return;
  const std::lock_guard lock(mutex_);
  stats_.cached_tokens += cached;
}

// Choices with one token to store: their rows come first, whatever the budget.
std::uint32_t Scheduler::decoding() const {
  std::uint32_t count = 0;
  for (const auto& job : running_)
    for (const Sequence& sequence : job->sequences)
      if (job->prefilled && !sequence.finished && sequence.stored + 1 == sequence.tokens.size()) ++count;
  return count;
}

// Prompts that are longer than the pace share it; shorter ones are stored at once, since a fuller batch serves everybody.
void Scheduler::plan_rows(Job& job, Budget& budget) {
  for (Sequence& sequence : job.sequences) {
    sequence.planned = 0;
    if (!job.works(sequence)) continue;
    const std::uint32_t left = job.target(sequence) - sequence.stored;
    if (job.prefilled && left == 1) {
      sequence.planned = 1;
      continue;
    }
    if (!job.is_score() && waits_for_page(sequence)) continue;
    std::uint32_t rows = std::min(budget.rows, left);
    if (left > budget.pace) rows = std::min(rows, budget.long_rows);
    if (job.is_score()) rows = std::min(rows, budget.score_rows);
    budget.rows -= rows;
    if (left > budget.pace) budget.long_rows -= rows;
    if (job.is_score()) budget.score_rows -= rows;
    sequence.planned = rows;
  }
}

// True if a better-ranked request of this batch computes the page that the sequence needs next; else the sequence will.
bool Scheduler::waits_for_page(const Sequence& sequence) {
  const Job& job = *sequence.job;
  const std::span<const std::uint32_t> tokens = reusable(job, sequence);
  const auto key = cache_.next_key(sequence.table, job.salt, tokens);
  if (!key) return false;
  if (sequence.stored % kPageTokens == 0 && std::ranges::find(claims_, *key) != claims_.end()) return true;
  claims_.push_back(*key);
  return false;
}

// Makes room for the job's planned rows, at the cost of the worst-ranked. False if that was the job itself.
bool Scheduler::secure_pages(Job& job) {
  for (Sequence& sequence : job.sequences)
    while (sequence.planned > 0 && !cache_.extend(sequence.table, sequence.stored, sequence.stored + sequence.planned)) {
      const bool is_own = running_.back().get() == &job;
      preempt();
      if (is_own) return false;
    }
  return true;
}

// Adds the sequence's next rows, and the draws that follow from them.
void Scheduler::add_rows(Sequence& sequence) {
  Job& job = *sequence.job;
  const std::uint32_t from = sequence.stored, to = from + sequence.planned, first_row = batch_.rows();
  batch_.tokens.insert(batch_.tokens.end(), sequence.tokens.begin() + from, sequence.tokens.begin() + to);
  batch_.parts.push_back({first_row, sequence.planned, from, job.prompt_tokens(), sequence.table.pages.data()});
  sequence.stored = to;
  if (to > sequence.reached) {
    const std::uint32_t fresh = std::max(from, sequence.reached), prompt = job.prompt_tokens();
    waiting_.charge(job, to - fresh);
    prompt_rows_ += std::min(to, prompt) - std::min(fresh, prompt);
    sequence.reached = to;
  }
  add_draws(sequence, from, first_row);
}

void Scheduler::add_draws(Sequence& sequence, std::uint32_t from, std::uint32_t first_row) {
  Job& job = *sequence.job;
  const auto next_logits = [this] { return static_cast<std::uint32_t>(batch_.logit_rows.size()); };
  if (job.is_score()) {
    for (std::uint32_t position = from; position < sequence.stored; ++position) {
      draws_.push_back({.sequence = &sequence, .logits = next_logits(), .position = position + 1, .top = {}});
      batch_.logit_rows.push_back(first_row + position - from);
    }
  } else if (sequence.stored == sequence.tokens.size()) {
    // The last token's logits give the next one; after the prompt they do so for all choices.
    for (Sequence& choice : job.sequences)
      if (&choice == &sequence || (!job.prefilled && !choice.finished && choice.generated() == 0))
        draws_.push_back({.sequence = &choice, .logits = next_logits(), .position = sequence.stored, .top = {}});
    batch_.logit_rows.push_back(first_row + sequence.stored - from - 1);
  }
}

}  // namespace lemma
