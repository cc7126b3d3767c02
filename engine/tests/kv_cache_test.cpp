// Pages, page tables and the prefix cache: exact sharing, copies before writing, rollback, eviction from the leaves, and a random
// history in which every page's content is checked against the tokens that it stands for.

#include <cstring>
#include <set>

#include "check.h"
#include "kernels/kernels.h"
#include "kv_cache.h"
#include "random_model.h"

using namespace lemma;
using lemma_test::Numbers;

namespace {

constexpr std::size_t kSlot = sizeof(std::uint64_t);

KvCache make_cache(std::uint32_t pages, std::uint32_t keep) {
  return KvCache(PagePool::create(pages, kPageTokens * kSlot).take(), keep);
}

std::vector<std::uint32_t> tokens_of(std::uint64_t seed, std::size_t count) {
  Numbers numbers(seed);
  std::vector<std::uint32_t> tokens(count);
  for (std::uint32_t& token : tokens) token = numbers.below(1000);
  return tokens;
}

// A sequence as the scheduler keeps one. What stands for a token's keys and values is a number made from salt and all tokens so far.
struct Writer {
  std::string salt;
  std::vector<std::uint32_t> tokens;
  PageTable table = {};
  std::uint32_t stored = 0;

  std::uint64_t value(std::uint32_t position) const {
    std::uint64_t hash = 1;
    for (const char c : salt) hash = mix64(hash ^ static_cast<unsigned char>(c));
    for (std::uint32_t i = 0; i <= position; ++i) hash = mix64(hash ^ tokens[i]);
    return hash;
  }
  std::uint8_t* slot(const KvCache& cache, std::uint32_t position) const {
    return cache.data() + (std::size_t{table.pages[position / kPageTokens]} * kPageTokens + position % kPageTokens) * kSlot;
  }
  // Takes what is known, computes the rest up to `to`; false if pages lack.
  bool store(KvCache& cache, std::uint32_t to) {
    if (stored % kPageTokens == 0) stored += cache.reuse(table, salt, std::span(tokens).first(to));
    if (to > stored && !cache.extend(table, stored, to)) return false;
    for (; stored < to; ++stored) {
      const std::uint64_t number = value(stored);
      std::memcpy(slot(cache, stored), &number, kSlot);
    }
    cache.commit(table, salt, std::span(tokens).first(stored));
    return true;
  }
  bool is_right(const KvCache& cache) const {
    for (std::uint32_t position = 0; position < stored; ++position) {
      const std::uint64_t number = value(position);
      if (std::memcmp(slot(cache, position), &number, kSlot) != 0) return false;
    }
    return true;
  }
  void go_back(KvCache& cache, std::uint32_t to) {
    cache.truncate(table, to);
    stored = to;
  }
};

}  // namespace

TEST(pages_are_counted_and_copied) {
  PagePool pool = PagePool::create(5, 256).take();
  const std::uint32_t a = pool.take(), b = pool.take();
  CHECK(a != b);
  pool.data()[a * 256 + 7] = 42;
  pool.copy(a, b);
  CHECK_EQ(pool.data()[b * 256 + 7], 42);
  pool.hold(a);
  CHECK(!pool.drop(a));
  CHECK_EQ(pool.free(), 3U);
  CHECK(pool.drop(a));
  CHECK_EQ(pool.free(), 3U);  // kept until it is given back
  pool.give_back(a);
  CHECK(pool.drop(b));
  pool.give_back(b);
  std::set<std::uint32_t> all;
  for (int i = 0; i < 5; ++i) all.insert(pool.take());
  CHECK_EQ(all.size(), std::size_t{5});
}

// Preparing changes no content, whatever is asked for: not of pages in use, nor of those given back; fresh ones stay zero.
TEST(prepared_pages_keep_their_content) {
  constexpr std::size_t kBytes = 5000;  // no multiple of the system's pages
  PagePool pool = PagePool::create(8, kBytes).take();
  CHECK(pool.prepare(3, 2));
  const std::uint32_t first = pool.take();
  std::memset(pool.data() + first * kBytes, 0x5a, kBytes);
  CHECK(pool.prepare(100, 100));
  CHECK(!pool.prepare(100, 100));
  const std::uint32_t second = pool.take();
  for (std::size_t i = 0; i < kBytes; ++i) {
    CHECK_EQ(pool.data()[first * kBytes + i], 0x5a);
    CHECK_EQ(pool.data()[second * kBytes + i], 0);
  }
  CHECK(pool.drop(first));
  pool.give_back(first);
  pool.prepare(1, 1);
  CHECK_EQ(pool.take(), first);
  CHECK_EQ(pool.data()[first * kBytes], 0x5a);
}

TEST(a_later_prompt_takes_the_longest_chain_of_whole_pages) {
  KvCache cache = make_cache(16, 16);
  Writer first = {.salt = "a", .tokens = tokens_of(1, 100)};
  CHECK(first.store(cache, 100));
  CHECK_EQ(cache.used(), 4U);
  first.go_back(cache, 0);
  CHECK_EQ(cache.used(), 0U);
  CHECK_EQ(cache.cached(), 3U);  // the fourth page was not full

  const auto taken = [&](const std::string& salt, std::vector<std::uint32_t> tokens) {
    PageTable table;
    const std::uint32_t count = cache.reuse(table, salt, tokens);
    CHECK_EQ(cache.peek(salt, tokens).pages * kPageTokens, count);
    cache.truncate(table, 0);
    return count;
  };
  CHECK_EQ(taken("a", first.tokens), 96U);
  CHECK_EQ(taken("b", first.tokens), 0U);  // another tenant
  CHECK_EQ(taken("", first.tokens), 0U);
  std::vector<std::uint32_t> changed = first.tokens;
  changed[40] ^= 1;
  CHECK_EQ(taken("a", changed), 32U);
  changed = first.tokens;
  changed[0] ^= 1;
  CHECK_EQ(taken("a", changed), 0U);
  changed = tokens_of(1, 64);
  CHECK_EQ(taken("a", changed), 64U);
  changed.pop_back();
  CHECK_EQ(taken("a", changed), 32U);
  // The same page elsewhere is other content.
  const std::vector<std::uint32_t> second(first.tokens.begin() + 32, first.tokens.end());
  CHECK_EQ(taken("a", second), 0U);
}

TEST(two_that_compute_the_same_share_afterwards) {
  KvCache cache = make_cache(16, 16);
  Writer a = {.salt = "", .tokens = tokens_of(2, 64)}, b = a;
  CHECK(cache.extend(a.table, 0, 64) && cache.extend(b.table, 0, 64));
  CHECK_EQ(cache.used(), 4U);
  CHECK_EQ(cache.next_key(a.table, "", a.tokens).value(), cache.next_key(b.table, "", b.tokens).value());
  CHECK(!cache.next_key(a.table, "", std::span(a.tokens).first(31)));
  CHECK(a.store(cache, 64) && b.store(cache, 64));
  CHECK(a.is_right(cache) && b.is_right(cache));
  CHECK_EQ(cache.used(), 2U);
  CHECK(a.table.pages == b.table.pages);
}

TEST(forks_and_rollbacks_copy_before_they_write) {
  for (const std::uint32_t keep : {0U, 16U}) {
    KvCache cache = make_cache(16, keep);
    Writer a = {.salt = "", .tokens = tokens_of(3, 128)};
    CHECK(a.store(cache, 50));
    Writer b = a;
    b.table = cache.fork(a.table);
    CHECK_EQ(cache.used(), 2U);
    for (std::uint32_t i = 50; i < 128; ++i) b.tokens[i] += 5000;
    CHECK(b.store(cache, 80));  // copies the half page
    CHECK(a.store(cache, 90));
    CHECK(a.is_right(cache) && b.is_right(cache));
    CHECK_EQ(cache.used(), 5U);
    a.go_back(cache, 70);       // into a full page, which the cache may have
    for (std::uint32_t i = 70; i < 128; ++i) a.tokens[i] += 7000;
    CHECK(a.store(cache, 75));
    a.go_back(cache, 33);
    CHECK(a.store(cache, 128));
    CHECK(a.is_right(cache) && b.is_right(cache));
    Writer c = {.salt = "", .tokens = tokens_of(3, 128)};
    CHECK_EQ(cache.peek("", c.tokens).pages, keep == 0 ? 0U : 2U);
    CHECK(c.store(cache, 96));
    CHECK(c.is_right(cache));
    for (Writer* writer : {&a, &b, &c}) writer->go_back(cache, 0);
    CHECK_EQ(cache.used(), 0U);
    CHECK(keep == 0 ? cache.cached() == 0 : cache.cached() > 0);
  }
}

TEST(the_least_recently_used_leaf_goes_first) {
  KvCache cache = make_cache(8, 8);
  Writer a = {.salt = "", .tokens = tokens_of(4, 96)}, b = {.salt = "", .tokens = tokens_of(5, 96)};
  CHECK(a.store(cache, 96));
  a.go_back(cache, 0);
  CHECK(b.store(cache, 96));
  b.go_back(cache, 0);
  CHECK_EQ(cache.cached(), 6U);
  Writer c = {.salt = "", .tokens = tokens_of(6, 96)};
  CHECK(c.store(cache, 96));  // two pages are free, one is evicted
  CHECK_EQ(cache.peek("", a.tokens).pages, 2U);
  CHECK_EQ(cache.peek("", b.tokens).pages, 3U);
  CHECK(a.store(cache, 64));  // uses a's again
  a.go_back(cache, 0);
  CHECK(c.store(cache, 96) && cache.extend(c.table, 96, 128));
  CHECK_EQ(cache.peek("", a.tokens).pages, 2U);
  CHECK_EQ(cache.peek("", b.tokens).pages, 2U);
  c.go_back(cache, 0);
}

TEST(the_bound_holds_and_clearing_forgets) {
  KvCache cache = make_cache(32, 4);
  Writer a = {.salt = "", .tokens = tokens_of(7, 320)};
  CHECK(a.store(cache, 320));
  a.go_back(cache, 0);
  CHECK_EQ(cache.cached(), 4U);
  CHECK_EQ(cache.available(), 32U);
  CHECK_EQ(cache.peek("", a.tokens).pages, 4U);  // the beginning is worth most

  Writer old = {.salt = "", .tokens = tokens_of(8, 100)};
  CHECK(old.store(cache, 20));
  cache.clear();
  CHECK_EQ(cache.cached(), 0U);
  CHECK_EQ(cache.peek("", a.tokens).pages, 0U);
  CHECK(old.store(cache, 100));                    // begun with the old weights: never shared
  CHECK_EQ(cache.peek("", old.tokens).pages, 0U);
  CHECK(!cache.next_key(old.table, "", old.tokens));
  old.go_back(cache, 0);
  CHECK_EQ(cache.used(), 0U);
  CHECK(old.store(cache, 100));                    // with the new ones again
  CHECK_EQ(cache.peek("", old.tokens).pages, 3U);
}

// Sequences of few different tokens in a small cache, so that all of them share, fork, roll back and evict all the time.
TEST(a_random_history_keeps_every_content_right) {
  for (const std::uint32_t keep : {0U, 3U, 24U}) {
    Numbers numbers(100 + keep);
    KvCache cache = make_cache(24, keep);
    std::vector<Writer> writers;
    std::uint32_t reused = 0;
    for (int round = 0; round < 6000; ++round) {
      const std::uint32_t action = numbers.below(10);
      const std::uint32_t which = writers.empty() ? 0 : numbers.below(static_cast<std::uint32_t>(writers.size()));
      if (action < 2 || writers.empty()) {
        Writer fresh = {.salt = numbers.below(2) == 0 ? "x" : "y", .tokens = {}};
        for (int i = 0; i < 200; ++i) fresh.tokens.push_back(numbers.below(60) == 0 ? 1 : 0);
        const std::uint32_t before = cache.available();
        PageTable probe;
        const std::uint32_t found = cache.reuse(probe, fresh.salt, fresh.tokens);
        cache.truncate(probe, 0);
        CHECK_EQ(cache.available(), before);
        reused += found;
        writers.push_back(std::move(fresh));
      } else if (action < 7) {
        Writer& writer = writers[which];
        const std::uint32_t to = std::min<std::uint32_t>(200, writer.stored + 1 + numbers.below(60));
        const std::uint32_t available = cache.available();
        if (!writer.store(cache, to)) CHECK(available * kPageTokens < 200 + kPageTokens);
      } else if (action < 8 && writers.size() < 12) {
        Writer twin = writers[which];
        twin.table = cache.fork(writers[which].table);
        for (std::uint32_t i = twin.stored; i < 200; ++i) twin.tokens[i] = numbers.below(60) == 0 ? 1 : 0;
        writers.push_back(std::move(twin));
      } else if (action < 9) {
        writers[which].go_back(cache, numbers.below(writers[which].stored + 1));
        for (std::uint32_t i = writers[which].stored; i < 200; ++i) writers[which].tokens[i] = numbers.below(60) == 0 ? 1 : 0;
      } else {
        writers[which].go_back(cache, 0);
        writers.erase(writers.begin() + which);
      }
      std::set<std::uint32_t> held;
      for (const Writer& writer : writers) held.insert(writer.table.pages.begin(), writer.table.pages.end());
      CHECK_EQ(cache.used(), static_cast<std::uint32_t>(held.size()));
      CHECK(cache.used() + cache.cached() <= cache.total());
      CHECK(cache.cached() <= keep);
      if (round % 7 == 0)
        for (const Writer& writer : writers) CHECK(writer.is_right(cache));
    }
    CHECK(keep == 0 ? reused == 0 : reused > 0);
    for (Writer& writer : writers) writer.go_back(cache, 0);
    CHECK_EQ(cache.used(), 0U);
  }
}
