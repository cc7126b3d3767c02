// Who runs when: turns of tenants and priorities, the pace of prompts beside choices that decode, and when to come back.

#include <algorithm>
#include <atomic>
#include <map>

#include "check.h"
#include "load_estimate.h"
#include "scheduler_case.h"
#include "step_pacer.h"
#include "waiting_queue.h"

using namespace lemma_test;
using lemma::Job;
using lemma::LoadEstimate;
using lemma::Request;
using lemma::RequestId;
using lemma::StepPacer;
using lemma::TensorType;
using lemma::WaitingQueue;

namespace {

std::unique_ptr<Job> job(RequestId id, const char* tenant, std::int32_t priority = 0, double weight = 1) {
  auto job = std::make_unique<Job>();
  job->id = id;
  job->request.tenant = tenant;
  job->request.priority = priority;
  job->request.tenant_weight = weight;
  return job;
}

// Runs the next job to its end, at a cost in tokens; gives its id.
RequestId serve(WaitingQueue& queue, std::uint32_t tokens) {
  const std::unique_ptr<Job> next = queue.take(*queue.next());
  queue.charge(*next, tokens);
  queue.ended(*next);
  return next->id;
}

}  // namespace

TEST(a_tenants_own_requests_go_by_priority_then_arrival) {
  WaitingQueue queue;
  CHECK(queue.empty() && queue.next() == nullptr);
  for (const auto& [id, priority] : std::vector<std::pair<RequestId, int>>{{1, 0}, {2, -1}, {3, 5}, {4, 0}, {5, 5}})
    queue.arrive(job(id, "a", priority));
  for (const RequestId id : {3U, 5U, 1U, 4U, 2U}) CHECK_EQ(serve(queue, 10), id);
  CHECK(queue.empty());
}

// While better ones arrive all the time, the low one's turn comes after the work that its level is worth.
TEST(a_low_priority_starves_never) {
  WaitingQueue queue;
  queue.arrive(job(1, "a", -2));
  std::int64_t work = 0;
  RequestId id = 2;
  while (true) {
    queue.arrive(job(id++, "a", 3));
    queue.arrive(job(id++, "a", 3));
    if (serve(queue, 1000) == 1) break;
    work += 1000;
    REQUIRE(work < 10 * 5 * WaitingQueue::kLevelTokens);
  }
  CHECK(work >= 5 * WaitingQueue::kLevelTokens);
  CHECK(work < 2 * 5 * WaitingQueue::kLevelTokens + 5000);
}

TEST(tenants_share_by_weight_whatever_their_numbers) {
  WaitingQueue queue;
  for (RequestId id = 0; id < 300; ++id) queue.arrive(job(id, "many"));
  for (RequestId id = 1000; id < 1040; ++id) queue.arrive(job(id, "few"));
  for (RequestId id = 2000; id < 2120; ++id) queue.arrive(job(id, "double", 0, 2));
  std::map<RequestId, double> served;
  for (int turn = 0; turn < 120; ++turn) served[serve(queue, 50) / 1000] += 50;
  CHECK_NEAR(served[0], 1500, 100);  // a quarter each, the double weight a half
  CHECK_NEAR(served[1], 1500, 100);
  CHECK_NEAR(served[2], 3000, 100);
}

TEST(idleness_saves_no_credit_and_clears_no_debt) {
  WaitingQueue queue;
  for (RequestId id = 0; id < 100; ++id) queue.arrive(job(id, "busy"));
  for (int turn = 0; turn < 50; ++turn) serve(queue, 100);
  for (RequestId id = 1000; id < 1100; ++id) queue.arrive(job(id, "new"));
  int fresh = 0;
  for (int turn = 0; turn < 20; ++turn) fresh += serve(queue, 100) >= 1000;
  CHECK(fresh >= 9 && fresh <= 11);  // half, not everything until it has caught up
  // One dear request, then away and back: the others are served first.
  WaitingQueue second;
  second.arrive(job(1, "dear"));
  for (RequestId id = 100; id < 140; ++id) second.arrive(job(id, "other"));
  CHECK_EQ(serve(second, 1000), 1U);  // both counters are 0, "dear" comes first by name
  second.arrive(job(2, "dear"));
  for (int turn = 0; turn < 10; ++turn) CHECK(serve(second, 100) >= 100);
}

TEST(cancelled_ones_leave_and_preempted_ones_keep_their_rank) {
  WaitingQueue queue;
  for (RequestId id = 1; id <= 4; ++id) queue.arrive(job(id, "a"));
  std::unique_ptr<Job> first = queue.take(*queue.next());
  queue.charge(*first, 100);
  queue.arrive(job(5, "a"));
  queue.put_back(std::move(first));
  queue.erase_if([](const Job& waiting) { return waiting.id == 2; });
  int count = 0;
  queue.for_each([&](const Job&) { ++count; });
  CHECK_EQ(count, 4);
  for (const RequestId id : {1U, 3U, 4U, 5U}) CHECK_EQ(serve(queue, 10), id);
}

TEST(prompts_are_cut_to_what_the_others_can_bear) {
  StepPacer pacer;
  CHECK_EQ(pacer.budget(0, 512), 512U);
  CHECK(pacer.budget(16, 512) <= 64);
  for (int i = 0; i < 20; ++i) pacer.report(16, 0, 0.025);
  for (int i = 0; i < 20; ++i) pacer.report(0, 512, 512 * 0.001);
  CHECK_EQ(pacer.budget(16, 512), 32U);  // with them a step takes at most 2.5 times as long
  CHECK_EQ(pacer.budget(16, 20), 20U);
  CHECK_EQ(pacer.budget(0, 512), 512U);
  for (int i = 0; i < 20; ++i) pacer.report(16, 48, 10);  // a machine that stalls
  CHECK_EQ(pacer.budget(16, 512), 8U);
  for (int i = 0; i < 200; ++i) pacer.report(16, 16, 0.025 + 16 * 0.0001);
  CHECK(pacer.budget(16, 512) > 300);
}

// While a long prompt is stored in chunks, every forward pass has a token for the choice that decodes.
TEST(a_long_prompt_lets_the_others_go_on) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 4, .threads = 1, .step_tokens = 24});
  REQUIRE(client.status.ok());
  std::atomic<int> gaps = 0, tokens = 0;
  std::uint64_t last = 0;
  std::atomic<RequestId> talking = 0;
  client.also = [&](std::span<const lemma::Event> events) {
    for (const lemma::Event& event : events) {
      if (event.request != talking) continue;
      const std::uint64_t step = client.engine->stats().steps;
      if (last != 0 && step != last + 1) ++gaps;
      last = step;
      tokens += static_cast<int>(event.tokens.size());
    }
  };
  talking = client.engine->submit(request(1, 4, 200)).value();
  client.wait_tokens(talking, 5);
  for (std::uint64_t i = 0; i < 3; ++i) client.ask(request(2 + i, 240, 3));
  CHECK_EQ(client.wait(talking).front().tokens.size(), std::size_t{200});
  CHECK_EQ(gaps.load(), 0);
  CHECK(client.engine->stats().prompt_tokens == 4 + 3 * 240);
}

TEST(a_higher_priority_starts_first_and_may_take_a_place) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 1, .threads = 1});
  REQUIRE(client.status.ok());
  std::vector<RequestId> order;
  std::atomic<bool> is_begun = false, is_open = false;
  client.also = [&](std::span<const lemma::Event> events) {
    for (const lemma::Event& event : events)
      if (event.finish != lemma::FinishReason::none) order.push_back(event.request);
    is_begun = true;
    is_begun.notify_all();
    is_open.wait(false);  // until the others have come
  };
  const Request slow = request(1, 10, 240);
  const RequestId running = client.engine->submit(slow).value();
  is_begun.wait(false);
  std::vector<RequestId> ids;
  for (const int priority : {-1, 0, 3, 9}) {
    Request ask = request(static_cast<std::uint64_t>(priority + 5), 10, 40);
    ask.priority = priority;
    ids.push_back(client.engine->submit(ask).value());
  }
  is_open = true;
  is_open.notify_all();
  const Outcome first = client.wait(running).front();
  for (const RequestId id : ids) client.wait(id);
  client.engine->dispose();
  CHECK(order == std::vector<RequestId>({ids[3], ids[2], running, ids[1], ids[0]}));
  EngineClient alone({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 1, .threads = 1});
  CHECK(equal(first, alone.ask(slow).front()));
}

TEST(when_to_come_back) {
  using Clock = LoadEstimate::Clock;
  const Clock::time_point now = Clock::now();
  LoadEstimate load;
  CHECK_EQ(load.retry_after(0, now), 1U);  // nothing is known
  for (int i = 0; i < 10; ++i) load.step(0.5);
  CHECK_NEAR(load.seconds_left(2, 0, 100), 51, 1e-9);  // no answer has ended: all that the limit allows
  load.ended(40, 30);
  load.ended(60, 50);
  CHECK_NEAR(load.seconds_left(2, 0, 100), 26, 1e-9);
  CHECK_NEAR(load.seconds_left(0, 45, 100), 12.5, 1e-9);  // longer than half of the mean already
  CHECK_NEAR(load.seconds_left(0, 45, 50), 2.5, 1e-9);
  load.publish({9.5, 2.2, 5}, now);
  CHECK_EQ(load.retry_after(0, now), 3U);
  CHECK_EQ(load.retry_after(1, now), 5U);
  CHECK_EQ(load.retry_after(2, now), 10U);
  CHECK_EQ(load.retry_after(3, now), 43U);  // a round later: requests run for 40 s
  CHECK_EQ(load.retry_after(2, now + std::chrono::seconds(4)), 6U);
  CHECK_EQ(load.retry_after(0, now + std::chrono::seconds(60)), 1U);
  CHECK_EQ(load.retry_after(3000, now), 3600U);
}

TEST(a_refused_request_hears_when_to_come_back) {
  EngineClient client({.model_path = model_file(TensorType::q8_0).path(), .max_sequences = 1, .threads = 1, .max_queue = 2});
  REQUIRE(client.status.ok());
  std::vector<RequestId> ids;
  lemma::Status status;
  for (std::uint64_t i = 0; i < 20 && status.ok(); ++i) {
    auto id = client.engine->submit(request(i, 5, 240));
    status = id.status();
    if (id.ok()) ids.push_back(id.value());
  }
  CHECK_EQ(status.code, lemma::Code::overloaded);
  CHECK(status.retry_after >= 1 && status.retry_after <= 3600);
  CHECK(status.message.find("room is expected in " + std::to_string(status.retry_after) + " s") != std::string::npos);
  for (const RequestId id : ids) client.wait(id);
  CHECK(client.engine->submit(request(1, 5, 5)).ok());
}
