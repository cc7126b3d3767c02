// Decides who starts next. Owns the jobs that wait, tenant by tenant, and what each tenant has been served; knows nothing of
// memory or batches.
//
// Between tenants, fair shares: each has a counter of the tokens that were computed for it over its weight, and the waiting tenant
// with the smallest counter is next (the virtual token counter of Sheng et al., "Fairness in Serving Large Language Models",
// OSDI 2024). A tenant that comes back from idleness starts at the smallest counter among the busy ones: it can't save up credit.
// So while two tenants wait, their counters differ by no more than what is running for them, whatever their numbers of requests.
//
// Within a tenant, by rank: the engine's clock at arrival (tokens computed so far, for all) less kLevelTokens per level of
// priority. A request therefore overtakes those of lower priority that came up to kLevelTokens of work per level before it,
// and no others: after so much work even the lowest priority is ahead of everything that arrives. Nobody starves.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "job.h"

namespace lemma {

class WaitingQueue {
 public:
  static constexpr std::int64_t kLevelTokens = 1 << 15;

  /// A new job: gets its rank.
  void arrive(std::unique_ptr<Job> job);
  /// A job that was started and gave its place up: keeps its rank.
  void put_back(std::unique_ptr<Job> job);
  /// Whose turn it is; null if nobody waits.
  Job* next();
  /// Removes a waiting job: it starts.
  std::unique_ptr<Job> take(Job& job);
  /// A started job has ended.
  void ended(const Job& job);
  /// Books tokens that were computed for a job.
  void charge(const Job& job, std::uint32_t tokens);
  /// Removes the waiting jobs for which `drops` is true.
  template <typename Drops>
  void erase_if(Drops drops) {
    for (auto& [name, tenant] : tenants_)
      std::erase_if(tenant.waiting, [&](const std::unique_ptr<Job>& job) { return drops(*job); });
    settle();
  }
  template <typename Visit>
  void for_each(Visit visit) {
    for (auto& [name, tenant] : tenants_)
      for (const auto& job : tenant.waiting) visit(*job);
  }
  bool empty() const;

 private:
  struct Tenant {
    double served = 0;                           // tokens over weight
    double weight = 1;
    std::uint32_t running = 0;                   // jobs
    std::deque<std::unique_ptr<Job>> waiting;    // best first
    bool is_idle() const { return running == 0 && waiting.empty(); }
  };

  void insert(Tenant& tenant, std::unique_ptr<Job> job);
  void settle();

  std::map<std::string, Tenant> tenants_;
  double floor_ = 0;                             // the smallest counter among busy tenants; never falls
  std::int64_t clock_ = 0;
};

}  // namespace lemma
