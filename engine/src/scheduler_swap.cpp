// Exchanging the decoder between two steps. The caller waits; the scheduler's thread does it when no running request stands
// against it, and starts none before.

#include <algorithm>
#include <utility>

#include "scheduler.h"

namespace lemma {

Status Scheduler::swap(std::unique_ptr<Decoder> decoder, SwapMode mode, bool pack_now) {
  std::unique_lock lock(mutex_);
  if (disposing_) return Status::error(Code::disposed, "the model was disposed");
  swap_ = Swap{std::move(decoder), mode, pack_now};
  wake_.notify_one();
  swapped_.wait(lock, [this] { return !swap_ || disposing_; });
  if (!swap_) return {};
  swap_.reset();  // the scheduler's thread looks at it under the lock only, and not at all once it is disposing
  return Status::error(Code::disposed, "the model was disposed");
}

// Whether running requests must end before the weights may change.
bool Scheduler::swap_waits(SwapMode mode) {
  bool any = false;
  const auto see = [&](const Job& job) { any = any || (job.has_begun() && (mode == SwapMode::finish || job.is_score())); };
  for (const auto& job : running_) see(*job);
  waiting_.for_each(see);
  return any;
}

// Those that began and gave their place up go on, while a swap waits for them; nobody else starts.
void Scheduler::start_begun() {
  std::vector<Job*> begun;
  waiting_.for_each([&](Job& job) {
    if (job.has_begun()) begun.push_back(&job);
  });
  std::ranges::sort(begun, [](const Job* a, const Job* b) { return a->before(*b); });
  for (Job* job : begun) {
    if (!fits(*job)) return;
    start(waiting_.take(*job));
  }
}

// True while a swap is wanted that can't be made yet: then nothing new may start.
bool Scheduler::exchange_weights() {
  Swap swap;
  {
    const std::lock_guard lock(mutex_);
    if (!swap_) return false;
    if (!swap_waits(swap_->mode)) swap = std::move(*swap_);
  }
  if (!swap.decoder) {
    start_begun();
    return true;
  }
  cache_.clear();
  decoder_ = std::move(swap.decoder);  // the old weights' memory goes here, before the new ones take any
  if (swap.pack_now) {
    decoder_->weights().pack_all(*threads_);
    decoder_->weights().release_file();
  }
  const std::lock_guard lock(mutex_);
  stats_.packed_bytes = decoder_->weights().packed();
  ++stats_.swaps;
  swap_.reset();
  swapped_.notify_all();
  return false;
}

}  // namespace lemma
