// The step loop: schedule (scheduler_batch.cpp), run, post-process. Checking requests and sharing with other threads is in
// scheduler_requests.cpp.

#include "scheduler.h"

#include <algorithm>
#include <chrono>

#include "random.h"

namespace lemma {

void Scheduler::run() {
  own_id_ = std::this_thread::get_id();
  while (wait_for_work()) step();
  abort_all();
}

void Scheduler::step() {
  take_incoming();
  drop_cancelled();
  if (!exchange_weights()) admit();
  schedule();
  if (batch_.rows() > 0) {
    run_batch();
    store_pages();
    accept_tokens();
  }
  remove_finished();
  deliver();
  // Choices that began together begin their pages together: their memory is made ready a little in every step.
  const std::uint32_t pages = (batch_.rows() - decode_rows_) / kPageTokens + decode_rows_;
  cache_.prepare(pages, batch_.rows() / kPageTokens + 1);
  most_used_ = std::max(most_used_, cache_.used());
}

void Scheduler::run_batch() {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  const std::uint64_t packed = decoder_->weights().packed();
  threads_->use(governor_.choose(batch_.rows()));
  decoder_->forward(batch_, cache_.data());
  const Clock::time_point computed = Clock::now();
  draw_tokens();
  const std::chrono::duration<double> forward = computed - start, all = Clock::now() - start;
  if (decoder_->weights().packed() == packed) {  // packing is no part of a usual pass
    governor_.report(batch_.rows(), all.count());
    pacer_.report(decode_rows_, batch_.rows() - decode_rows_, all.count());
  }
  const std::lock_guard lock(mutex_);
  load_.step(all.count());
  stats_.busy_seconds += all.count();
  stats_.forward_seconds += forward.count();
  ++stats_.steps;
}

// Full pages become known, and where the prompt is stored the other choices get its pages.
void Scheduler::store_pages() {
  for (const auto& job : running_) {
    for (Sequence& sequence : job->sequences) {
      if (sequence.planned == 0) continue;
      sequence.planned = 0;
      if (!job->is_score())
        cache_.commit(sequence.table, job->salt, std::span(sequence.tokens).first(sharable(*job, sequence.stored)));
    }
    if (!job->prefilled && job->leader().stored >= job->prompt_tokens()) fork_choices(*job);
  }
}

void Scheduler::fork_choices(Job& job) {
  const Sequence& leader = job.leader();
  for (Sequence& choice : job.sequences) {
    if (&choice == &leader || choice.finished) continue;
    choice.table = cache_.fork(leader.table);
    choice.stored = leader.stored;
    choice.reached = std::max(choice.reached, choice.stored);
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
        draw.token = samplers_[thread].draw(logits, job.request.sampling, random,
                                            {draw.sequence->tokens, job.request.tokens.size()});
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
  entry.usage = {.prompt_tokens = sequence.job->prompt_tokens(), .cached_tokens = sequence.job->cached_tokens,
                 .completion_tokens = sequence.generated(), .reasoning_tokens = sequence.reasoning_tokens};
  cache_.truncate(sequence.table, 0);
  sequence.finished = true;
}

void Scheduler::remove_finished() {
  std::erase_if(running_, [this](const std::unique_ptr<Job>& job) {
    if (!job->finished()) return false;
    live_ -= job->choices();
    waiting_.ended(*job);
    const std::chrono::duration<double> ran = std::chrono::steady_clock::now() - job->started;
    const std::lock_guard lock(mutex_);
    if (!job->cancelled) load_.ended(job->sequences.front().generated(), ran.count());
    ++(job->cancelled ? stats_.cancelled : stats_.finished);
    return true;
  });
}

void Scheduler::deliver() {
  {
    const std::lock_guard lock(mutex_);
    stats_.running = live_;
    stats_.packed_bytes = decoder_->weights().packed();
    stats_.pages_used = cache_.used();
    stats_.pages_cached = cache_.cached();
    publish_load();
  }
  if (!events_.empty() && on_step_) on_step_(events_.view());
  events_.clear();
}

// When the running requests are expected to end. Under the mutex.
void Scheduler::publish_load() {
  std::vector<double> ends;
  for (const auto& job : running_) {
    const Sequence& leader = job->leader();
    const std::uint32_t chunks = job->prefilled ? 0 : (job->prompt_tokens() - leader.stored) / limits_.step_tokens + 1;
    ends.push_back(load_.seconds_left(chunks, leader.generated(), job->limit));
  }
  load_.publish(std::move(ends), std::chrono::steady_clock::now());
}

}  // namespace lemma
