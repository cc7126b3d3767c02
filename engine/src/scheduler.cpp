// The step loop: schedule, run, post-process. What surrounds it (checking requests, sharing with other threads) is in
// scheduler_requests.cpp.

#include "scheduler.h"

#include <algorithm>
#include <chrono>

#include "random.h"

namespace lemma {

void Scheduler::run() {
  while (wait_for_work()) step();
  abort_all();
}

void Scheduler::step() {
  take_incoming();
  drop_cancelled();
  admit();
  schedule();
  if (batch_.rows() > 0) {
    const auto start = std::chrono::steady_clock::now();
    threads_->use(governor_.choose(batch_.rows()));
    decoder_->forward(batch_, pages_.data());
    draw_tokens();
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    governor_.report(batch_.rows(), spent.count());
    accept_tokens();
    const std::lock_guard lock(mutex_);
    stats_.busy_seconds += spent.count();
    ++stats_.steps;
  }
  remove_finished();
  deliver();
}

// ---- schedule ----

void Scheduler::admit() {
  while (!waiting_.empty()) {
    Job& job = *waiting_.front();
    const auto choices = static_cast<std::uint32_t>(job.sequences.size());
    const std::uint32_t pages = pages_needed(job);
    if (live_ + choices > limits_.max_sequences || !pages_.reserve(pages)) return;
    job.pages_reserved = pages;
    live_ += choices;
    running_.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
    const std::lock_guard lock(mutex_);
    --queued_;
  }
}

void Scheduler::schedule() {
  batch_.clear();
  draws_.clear();
  prompt_rows_ = 0;
  std::uint32_t score_rows = limits_.score_rows;
  for (const auto& job : running_)
    for (Sequence& sequence : job->sequences)
      if (job->prefilled && !sequence.finished) add_rows(sequence, 1);
  for (const auto& job : running_) {
    if (job->prefilled) continue;
    Sequence& first = job->sequences.front();
    std::uint32_t rows = std::min(limits_.step_tokens - batch_.rows(), job->prompt_tokens() - first.stored);
    if (job->is_score()) score_rows -= rows = std::min(rows, score_rows);
    if (rows > 0) add_rows(first, rows);
  }
}

// Adds the sequence's next `rows` tokens that are not stored yet, and the draws that follow from them.
void Scheduler::add_rows(Sequence& sequence, std::uint32_t rows) {
  Job& job = *sequence.job;
  const std::uint32_t from = sequence.stored, to = from + rows, first_row = batch_.rows();
  while (sequence.pages.size() * kPageTokens < to) sequence.pages.push_back(pages_.take());
  batch_.tokens.insert(batch_.tokens.end(), sequence.tokens.begin() + from, sequence.tokens.begin() + to);
  batch_.parts.push_back({first_row, rows, from, sequence.pages.data()});
  sequence.stored = to;
  if (!job.prefilled) prompt_rows_ += rows;
  const auto next_logits = [this] { return static_cast<std::uint32_t>(batch_.logit_rows.size()); };
  if (job.is_score()) {
    for (std::uint32_t position = from; position < to; ++position) {
      draws_.push_back({.sequence = &sequence, .logits = next_logits(), .position = position + 1, .top = {}});
      batch_.logit_rows.push_back(first_row + position - from);
    }
    job.prefilled = to == job.prompt_tokens();
  } else if (to == sequence.tokens.size()) {
    // The last token's logits give the next one; after the prompt they do so for all choices.
    if (!job.prefilled)
      for (Sequence& choice : job.sequences)
        draws_.push_back({.sequence = &choice, .logits = next_logits(), .position = to, .top = {}});
    else
      draws_.push_back({.sequence = &sequence, .logits = next_logits(), .position = to, .top = {}});
    batch_.logit_rows.push_back(first_row + rows - 1);
  }
}

// The prompt is stored: the other choices get its whole pages to share, and a copy of the one that is not full.
void Scheduler::fork_choices(Job& job) {
  const Sequence& first = job.sequences.front();
  const std::uint32_t whole = job.prompt_tokens() / kPageTokens;
  for (std::size_t i = 1; i < job.sequences.size(); ++i) {
    Sequence& choice = job.sequences[i];
    choice.stored = first.stored;
    for (std::uint32_t page = 0; page < first.pages.size(); ++page) {
      if (page < whole) pages_.hold(first.pages[page]);
      choice.pages.push_back(page < whole ? first.pages[page] : pages_.copy(first.pages[page]));
    }
  }
  job.prefilled = true;
}

// ---- post-process ----

void Scheduler::draw_tokens() {
  if (draws_.empty()) return;
  threads_->run([this](std::uint32_t thread) {
    threads_->parallel(thread, static_cast<std::uint32_t>(draws_.size()), 1, [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t i = begin; i < end; ++i) {
        Draw& draw = draws_[i];
        Job& job = *draw.sequence->job;
        const std::span<const float> logits(decoder_->logits(draw.logits), vocabulary_);
        if (job.is_score()) {
          if (draw.position < job.prompt_tokens())
            job.scores[draw.position] = samplers_[thread].logprob(logits, job.request.tokens[draw.position], {});
          if (job.request.logits_at == draw.position - 1) job.logits.assign(logits.begin(), logits.end());
          continue;
        }
        const double random = uniform(job.seed, draw.sequence->choice, draw.position);
        draw.token = samplers_[thread].draw(logits, job.request.sampling, random);
        if (job.request.logprobs >= 0)
          draw.logprob = samplers_[thread].logprob(logits, draw.token, {draw.top, static_cast<std::size_t>(job.request.logprobs)});
      }
    });
  });
}

void Scheduler::accept_tokens() {
  std::uint64_t generated = 0;
  for (const Draw& draw : draws_) {
    Job& job = *draw.sequence->job;
    if (job.is_score()) continue;
    if (!job.prefilled) fork_choices(job);
    accept(draw);
    ++generated;
  }
  for (const auto& job : running_)
    if (job->is_score() && job->prefilled && !job->finished()) {
      StepEvents::Entry& entry = events_.add(job->id, 0);
      entry.scores = job->scores;
      entry.logits = job->logits;
      finish(job->sequences.front(), FinishReason::stop, entry);
    }
  const std::lock_guard lock(mutex_);
  stats_.generated_tokens += generated;
  stats_.prompt_tokens += prompt_rows_;
}

void Scheduler::accept(const Draw& draw) {
  Sequence& sequence = *draw.sequence;
  const Job& job = *sequence.job;
  StepEvents::Entry& entry = events_.add(job.id, sequence.choice);
  sequence.tokens.push_back(draw.token);
  entry.tokens.push_back(draw.token);
  if (job.request.logprobs >= 0) {
    entry.logprobs.push_back({draw.token, draw.logprob});
    entry.top_logprobs.assign(draw.top, draw.top + job.request.logprobs);
  }
  if (sequence.text.inside_think()) ++sequence.reasoning_tokens;
  const bool ends = tokenizer_ != nullptr && !job.request.ignore_end &&
                    std::ranges::find(tokenizer_->end_tokens(), draw.token) != tokenizer_->end_tokens().end();
  const bool stopped = !ends && sequence.text.push(draw.token, entry.reasoning, entry.text);
  if (!ends && !stopped && sequence.generated() < job.limit) return;
  if (!stopped) sequence.text.finish(entry.reasoning, entry.text);
  finish(sequence, ends || stopped ? FinishReason::stop : FinishReason::length, entry);
}

void Scheduler::finish(Sequence& sequence, FinishReason reason, StepEvents::Entry& entry) {
  entry.finish = reason;
  entry.usage = {.prompt_tokens = sequence.job->prompt_tokens(), .cached_tokens = 0,
                 .completion_tokens = sequence.generated(), .reasoning_tokens = sequence.reasoning_tokens};
  for (const std::uint32_t page : sequence.pages) pages_.release(page);
  sequence.pages.clear();
  sequence.finished = true;
}

void Scheduler::remove_finished() {
  std::erase_if(running_, [this](const std::unique_ptr<Job>& job) {
    if (!job->finished()) return false;
    pages_.unreserve(job->pages_reserved);
    live_ -= static_cast<std::uint32_t>(job->sequences.size());
    const std::lock_guard lock(mutex_);
    ++(job->cancelled ? stats_.cancelled : stats_.finished);
    return true;
  });
}

void Scheduler::deliver() {
  {
    const std::lock_guard lock(mutex_);
    stats_.running = live_;
    stats_.pages_used = pages_.used();
    stats_.pages_reserved = pages_.reserved();
  }
  if (!events_.empty() && on_step_) on_step_(events_.view());
  events_.clear();
}

}  // namespace lemma
