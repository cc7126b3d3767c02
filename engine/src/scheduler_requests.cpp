// The scheduler's edge to other threads: checking and queueing requests, cancelling, ending.

#include <cmath>
#include <random>
#include <utility>

#include "scheduler.h"

namespace lemma {
namespace {

constexpr std::size_t kMaxStops = 16;
constexpr std::size_t kMaxStopBytes = 256;
constexpr std::int32_t kMaxTopLogprobs = 20;
constexpr std::int32_t kMaxPriority = 10;
constexpr std::size_t kMaxNameBytes = 256;  // of a tenant or a salt
constexpr double kLeastWeight = 0.01, kMostWeight = 100;

Status option(const char* name, const std::string& expected, const std::string& found) {
  return Status::error(Code::option, "option \"" + std::string(name) + "\": expected " + expected + ", found " + found);
}

Status check_penalties(const Sampling& sampling, std::uint32_t vocabulary) {
  if (!(sampling.repetition_penalty > 0 && sampling.repetition_penalty <= 100))
    return option("repetitionPenalty", "above 0, at most 100", std::to_string(sampling.repetition_penalty));
  if (!(sampling.presence_penalty >= -2 && sampling.presence_penalty <= 2))
    return option("presencePenalty", "-2 to 2", std::to_string(sampling.presence_penalty));
  if (!(sampling.frequency_penalty >= -2 && sampling.frequency_penalty <= 2))
    return option("frequencyPenalty", "-2 to 2", std::to_string(sampling.frequency_penalty));
  for (const LogitBias& bias : sampling.logit_bias) {
    if (bias.token >= vocabulary)
      return option("logitBias", "token ids below " + std::to_string(vocabulary), std::to_string(bias.token));
    if (!(bias.bias >= -100 && bias.bias <= 100))
      return option("logitBias", "biases from -100 to 100", std::to_string(bias.bias) + " for token " + std::to_string(bias.token));
  }
  return {};
}

std::uint64_t fresh_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

Scheduler::Scheduler(std::unique_ptr<Decoder> decoder, std::unique_ptr<ThreadPool> pool, const KernelTable& kernels,
                     KvCache cache, const Tokenizer* tokenizer, SchedulerLimits limits, StepCallback on_step)
    : threads_(std::move(pool)), decoder_(std::move(decoder)), vocabulary_(decoder_->shape().vocabulary),
      total_pages_(cache.total()), page_bytes_(cache.page_bytes()),
      cache_(std::move(cache)), tokenizer_(tokenizer), limits_(limits), on_step_(std::move(on_step)),
      samplers_(threads_->size(), Sampler(kernels)), governor_(threads_->size()) {
  stats_.pages_total = total_pages_;
  stats_.packed_bytes = decoder_->weights().packed();
  thread_ = std::thread([this] { run(); });
}

Scheduler::~Scheduler() { dispose(); }

Status Scheduler::check(const Request& request) const {
  const std::size_t prompt = request.tokens.size();
  const Sampling& sampling = request.sampling;
  if (prompt == 0) return option("tokens", "at least one token", "none");
  const std::size_t room = request.kind == RequestKind::generate ? 1 : 0;  // for the first token of the answer
  if (prompt + room > limits_.context_length)
    return Status::error(Code::context, "the prompt has " + std::to_string(prompt) + " tokens, the context holds " +
                                            std::to_string(limits_.context_length));
  for (const std::uint32_t token : request.tokens)
    if (token >= vocabulary_) return option("tokens", "ids below " + std::to_string(vocabulary_), std::to_string(token));
  if (request.n < 1 || request.n > limits_.max_sequences)
    return option("n", "1 to " + std::to_string(limits_.max_sequences) + " (maxSequences)", std::to_string(request.n));
  if (!(sampling.temperature >= 0) || !std::isfinite(sampling.temperature))
    return option("temperature", "a number from 0 on", std::to_string(sampling.temperature));
  if (!(sampling.top_p > 0 && sampling.top_p <= 1)) return option("topP", "above 0, at most 1", std::to_string(sampling.top_p));
  if (!(sampling.min_p >= 0 && sampling.min_p <= 1)) return option("minP", "0 to 1", std::to_string(sampling.min_p));
  LEMMA_TRY(check_penalties(sampling, vocabulary_));
  if (request.logprobs < -1 || request.logprobs > kMaxTopLogprobs)
    return option("logprobs", "at most " + std::to_string(kMaxTopLogprobs), std::to_string(request.logprobs));
  if (request.stop.size() > kMaxStops) return option("stop", "at most 16 strings", std::to_string(request.stop.size()));
  for (const std::string& stop : request.stop)
    if (stop.empty() || stop.size() > kMaxStopBytes)
      return option("stop", "strings of 1 to 256 bytes", std::to_string(stop.size()) + " bytes");
  if (request.logits_at && (request.kind != RequestKind::score || *request.logits_at >= prompt))
    return option("logitsAt", "a position of a scored text", std::to_string(*request.logits_at));
  if (request.priority < -kMaxPriority || request.priority > kMaxPriority)
    return option("priority", "-10 to 10", std::to_string(request.priority));
  if (request.tenant.size() > kMaxNameBytes) return option("tenant", "at most 256 bytes", std::to_string(request.tenant.size()));
  if (request.cache_salt.size() > kMaxNameBytes)
    return option("cacheSalt", "at most 256 bytes", std::to_string(request.cache_salt.size()));
  if (!(request.tenant_weight >= kLeastWeight && request.tenant_weight <= kMostWeight))
    return option("tenantWeight", "0.01 to 100", std::to_string(request.tenant_weight));
  return {};
}

std::uint32_t Scheduler::answer_limit(const Request& request) const {
  if (request.kind == RequestKind::score) return 0;
  const std::uint32_t room = limits_.context_length - static_cast<std::uint32_t>(request.tokens.size());
  return request.max_tokens == 0 || request.max_tokens > room ? room : request.max_tokens;
}

// Whole pages of the prompt are shared; each choice needs its own for the rest.
std::uint32_t Scheduler::pages_needed(const Job& job) const {
  const std::uint32_t shared = job.prompt_tokens() / kPageTokens;
  const std::uint32_t each = pages_of(std::uint64_t{job.prompt_tokens()} + job.limit, kPageTokens) - shared;
  return shared + each * job.choices();
}

Result<RequestId> Scheduler::submit(Request request) {
  const auto refuse = [this](Status status) {
    const std::lock_guard lock(mutex_);
    ++stats_.refused;
    return status;
  };
  if (Status status = check(request); !status.ok()) return refuse(std::move(status));
  auto job = std::make_unique<Job>();
  job->limit = answer_limit(request);
  job->seed = request.sampling.seed ? *request.sampling.seed : fresh_seed();
  const std::uint32_t choices = request.kind == RequestKind::score ? 1 : request.n;
  for (std::uint32_t choice = 0; choice < choices; ++choice)
    job->sequences.push_back({.job = job.get(), .choice = choice, .tokens = request.tokens, .table = {},
                              .text = TextStream(tokenizer_, request.starts_in_think, request.stop)});
  // With the tenant's length in front, so that no pair of names spells another pair.
  job->salt = std::to_string(request.tenant.size()) + ":" + request.tenant + request.cache_salt;
  if (request.kind == RequestKind::score) job->scores.assign(request.tokens.size(), 0.0F);
  job->request = std::move(request);
  if (const std::uint64_t pages = pages_needed(*job); pages > total_pages_)
    return refuse(Status::error(Code::memory, "the KV cache of this request needs " + std::to_string(pages * page_bytes_) +
                                                  " bytes, " + std::to_string(total_pages_ * page_bytes_) + " are allowed"));
  const std::lock_guard lock(mutex_);
  if (disposing_) return Status::error(Code::disposed, "the model was disposed");
  if (queued_ >= limits_.max_queue) {
    ++stats_.refused;
    const std::uint32_t seconds = load_.retry_after(refused_, LoadEstimate::Clock::now());
    if (refused_ < limits_.max_queue) ++refused_;
    Status status = Status::error(Code::overloaded, "the queue is full: " + std::to_string(queued_) + " requests wait, " +
                                                        std::to_string(limits_.max_queue) + " may; room is expected in " +
                                                        std::to_string(seconds) + " s");
    status.retry_after = seconds;
    return status;
  }
  const RequestId id = next_id_++;
  job->id = id;
  incoming_.push_back(std::move(job));
  ++queued_;
  wake_.notify_one();
  return id;
}

void Scheduler::cancel(RequestId id) {
  const std::lock_guard lock(mutex_);
  if (disposing_ || id == 0 || id >= next_id_) return;
  cancelled_.insert(id);
  wake_.notify_one();
}

bool Scheduler::wait_for_work() {
  const auto is_wanted = [this] {
    return disposing_ || swap_ || !incoming_.empty() || !cancelled_.empty() || !running_.empty() || !waiting_.empty();
  };
  std::unique_lock lock(mutex_);
  // What has been used stays in the cache as long as there is room, so the next requests like the last ones would begin fresh pages:
  // idle time makes as many ready as were ever used at once, one by one.
  for (bool more = true; more && !is_wanted();) {
    lock.unlock();
    more = cache_.prepare(most_used_, 1);
    lock.lock();
  }
  wake_.wait(lock, is_wanted);
  return !disposing_;
}

void Scheduler::take_incoming() {
  std::unordered_set<RequestId> cancelled;
  {
    const std::lock_guard lock(mutex_);
    for (auto& job : incoming_) waiting_.arrive(std::move(job));
    incoming_.clear();
    cancelled.swap(cancelled_);
  }
  if (cancelled.empty()) return;
  waiting_.for_each([&](Job& job) { job.cancelled = job.cancelled || cancelled.contains(job.id); });
  for (const auto& job : running_) job->cancelled = job->cancelled || cancelled.contains(job->id);
}

void Scheduler::drop_cancelled() {
  const auto abort = [this](Job& job) {
    for (Sequence& sequence : job.sequences)
      if (!sequence.finished) finish(sequence, FinishReason::abort, events_.add(job.id, sequence.choice));
  };
  for (const auto& job : running_)
    if (job->cancelled) abort(*job);
  remove_finished();
  waiting_.erase_if([&](Job& job) {
    if (!job.cancelled) return false;
    abort(job);
    const std::lock_guard lock(mutex_);
    --queued_;
    ++stats_.cancelled;
    return true;
  });
}

// The end of the scheduler's thread: everyone hears that it is over, then the model's memory goes.
void Scheduler::abort_all() {
  take_incoming();
  waiting_.for_each([](Job& job) { job.cancelled = true; });
  for (const auto& job : running_) job->cancelled = true;
  drop_cancelled();
  deliver();
  decoder_.reset();
  cache_ = KvCache();
}

void Scheduler::dispose() {
  {
    const std::lock_guard lock(mutex_);
    disposing_ = true;
    wake_.notify_one();
    swapped_.notify_all();
  }
  if (is_own_thread()) return;  // inside the callback: the thread ends after it
  const std::lock_guard lock(joining_);
  if (thread_.joinable()) thread_.join();
}

Stats Scheduler::stats() const {
  const std::lock_guard lock(mutex_);
  Stats stats = stats_;
  stats.waiting = queued_;
  return stats;
}

}  // namespace lemma
