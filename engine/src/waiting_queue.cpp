// Counters of tenants, and ranks within them.

#include "waiting_queue.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace lemma {

void WaitingQueue::insert(Tenant& tenant, std::unique_ptr<Job> job) {
  const auto at = std::ranges::upper_bound(tenant.waiting, job, [](const auto& a, const auto& b) { return a->before(*b); });
  tenant.waiting.insert(at, std::move(job));
}

void WaitingQueue::arrive(std::unique_ptr<Job> job) {
  job->rank = clock_ - kLevelTokens * job->request.priority;
  settle();
  Tenant& tenant = tenants_[job->request.tenant];
  if (tenant.is_idle()) tenant.served = std::max(tenant.served, floor_);
  tenant.weight = job->request.tenant_weight;
  insert(tenant, std::move(job));
}

void WaitingQueue::put_back(std::unique_ptr<Job> job) {
  Tenant& tenant = tenants_.at(job->request.tenant);
  --tenant.running;
  insert(tenant, std::move(job));
}

Job* WaitingQueue::next() {
  Tenant* best = nullptr;
  for (auto& [name, tenant] : tenants_)
    if (!tenant.waiting.empty() && (best == nullptr || tenant.served < best->served)) best = &tenant;
  return best == nullptr ? nullptr : best->waiting.front().get();
}

std::unique_ptr<Job> WaitingQueue::take(Job& job) {
  Tenant& tenant = tenants_.at(job.request.tenant);
  const auto at = std::ranges::find(tenant.waiting, &job, [](const auto& waiting) { return waiting.get(); });
  std::unique_ptr<Job> taken = std::move(*at);
  tenant.waiting.erase(at);
  ++tenant.running;
  return taken;
}

void WaitingQueue::ended(const Job& job) {
  --tenants_.at(job.request.tenant).running;
  settle();
}

void WaitingQueue::charge(const Job& job, std::uint32_t tokens) {
  clock_ += tokens;
  Tenant& tenant = tenants_.at(job.request.tenant);
  tenant.served += tokens / tenant.weight;
}

bool WaitingQueue::empty() const {
  return std::ranges::all_of(tenants_, [](const auto& entry) { return entry.second.waiting.empty(); });
}

// Brings the floor up to date. An idle tenant whose counter is above it is remembered: going away for a moment doesn't clear
// the account.
void WaitingQueue::settle() {
  double least = std::numeric_limits<double>::infinity();
  for (const auto& [name, tenant] : tenants_)
    if (!tenant.is_idle()) least = std::min(least, tenant.served);
  floor_ = least == std::numeric_limits<double>::infinity() ? least : std::max(floor_, least);
  std::erase_if(tenants_, [this](const auto& entry) { return entry.second.is_idle() && entry.second.served <= floor_; });
  if (tenants_.empty()) floor_ = 0;  // nobody to be compared with
}

}  // namespace lemma
