// Measures the floors that benchmark rows are compared with, and prints them as one JSON object:
//   readGBs   bytes read from memory a second with the given threads, 1e9 bytes (best of several passes)
//   int8Gops  8-bit integer operations a second of the vector dot-product instruction, 1e9 (a multiply and an add are two)
// Compiled for the machine it runs on; uses the widest of AVX-512 VNNI, AVX-VNNI and AVX2 that the compiler may use.
// Usage: machine THREADS [read|int8]      with a name only that figure, as the mean over about a third of a second: what the machine
//                                         sustains at this moment, where the best of short passes is what it can do at its best

#include <immintrin.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Runs `work(thread)` on all threads at once and gives the seconds until the last has ended.
double run_together(int threads, const std::function<void(int)>& work) {
    std::atomic<int> waiting{threads};
    std::atomic<bool> go{false};
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; t++) {
        pool.emplace_back([&, t] {
            waiting.fetch_sub(1);
            while (!go.load()) std::this_thread::yield();
            work(t);
        });
    }
    while (waiting.load() > 0) std::this_thread::yield();
    const auto start = Clock::now();
    go.store(true);
    for (auto& thread : pool) thread.join();
    return seconds_since(start);
}

/// Sums a buffer with wide loads, so that nothing but reading limits it.
uint64_t read_all(const uint8_t* data, size_t bytes) {
    __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
    for (size_t i = 0; i < bytes; i += 128) {
        const auto* p = reinterpret_cast<const __m256i*>(data + i);
        a = _mm256_add_epi64(a, _mm256_load_si256(p));
        b = _mm256_add_epi64(b, _mm256_load_si256(p + 1));
        c = _mm256_add_epi64(c, _mm256_load_si256(p + 2));
        d = _mm256_add_epi64(d, _mm256_load_si256(p + 3));
    }
    alignas(32) uint64_t sum[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(sum), _mm256_add_epi64(_mm256_add_epi64(a, b), _mm256_add_epi64(c, d)));
    return sum[0] + sum[1] + sum[2] + sum[3];
}

/// `rounds` times 12 independent dot-product instructions; gives the operations done.
double dot_products(int64_t rounds, int* keep) {
    constexpr int chains = 12;  // more than latency times ports, so that the unit never waits
#if defined(__AVX512VNNI__)
    __m512i sum[chains], x = _mm512_set1_epi8(3), y = _mm512_set1_epi8(5);
    for (auto& s : sum) s = _mm512_setzero_si512();
    for (int64_t r = 0; r < rounds; r++) {
        for (auto& s : sum) s = _mm512_dpbusd_epi32(s, x, y);
        asm volatile("" : "+v"(x), "+v"(y));
    }
    for (auto& s : sum) *keep += _mm512_reduce_add_epi32(s);
    return double(rounds) * chains * 64 * 2;
#else
    __m256i sum[chains], x = _mm256_set1_epi8(3), y = _mm256_set1_epi8(5);
    for (auto& s : sum) s = _mm256_setzero_si256();
    for (int64_t r = 0; r < rounds; r++) {
        for (auto& s : sum) {
#if defined(__AVXVNNI__)
            s = _mm256_dpbusd_avx_epi32(s, x, y);
#else
            s = _mm256_add_epi32(s, _mm256_madd_epi16(_mm256_maddubs_epi16(x, y), _mm256_set1_epi16(1)));
#endif
        }
        asm volatile("" : "+x"(x), "+x"(y));
    }
    alignas(32) int lanes[8];
    for (auto& s : sum) {
        _mm256_store_si256(reinterpret_cast<__m256i*>(lanes), s);
        *keep += lanes[0] + lanes[7];
    }
    return double(rounds) * chains * 32 * 2;
#endif
}

}  // namespace

int main(int argc, char** argv) {
    const int threads = argc > 1 ? std::atoi(argv[1]) : int(std::thread::hardware_concurrency());
    const char* only = argc > 2 ? argv[2] : nullptr;
    if (threads < 1 || (only && std::strcmp(only, "read") != 0 && std::strcmp(only, "int8") != 0)) return 2;
    const bool reads = !only || std::strcmp(only, "read") == 0, multiplies = !only || std::strcmp(only, "int8") == 0;
    const size_t share = (size_t(256) << 20) / size_t(threads) & ~size_t(127);  // 256 MB in all, above any cache
    std::vector<uint8_t*> buffers(static_cast<size_t>(threads));
    std::vector<uint64_t> sums(static_cast<size_t>(threads));
    std::vector<int> kept(static_cast<size_t>(threads));
    if (reads) run_together(threads, [&](int t) {  // each thread touches its own pages first
        auto* data = static_cast<uint8_t*>(std::aligned_alloc(128, share));
        if (data == nullptr) std::exit(3);
        for (size_t i = 0; i < share; i++) data[i] = uint8_t(i * 7);
        buffers[size_t(t)] = data;
    });
    double read = 0, ops = 0;
    const int passes = only ? 48 : 8, rounds = only ? 16 : 5;
    double read_time = 0, ops_time = 0, all_ops = 0;
    for (int pass = 0; reads && pass < passes; pass++) {
        const double time = run_together(threads, [&](int t) { sums[size_t(t)] += read_all(buffers[size_t(t)], share); });
        read = std::max(read, double(share) * threads / time);
        read_time += time;
    }
    if (only && reads) read = double(share) * threads * passes / read_time;
    for (int pass = 0; multiplies && pass < rounds; pass++) {
        std::vector<double> done(static_cast<size_t>(threads));
        const double time = run_together(threads, [&](int t) { done[size_t(t)] = dot_products(20'000'000, &kept[size_t(t)]); });
        double total = 0;
        for (double one : done) total += one;
        ops = std::max(ops, total / time);
        ops_time += time;
        all_ops += total;
    }
    if (only && multiplies) ops = all_ops / ops_time;
    uint64_t check = 0;
    for (uint64_t sum : sums) check += sum;
    for (int one : kept) check += uint64_t(one);
    std::fprintf(stderr, "%llu\n", static_cast<unsigned long long>(check));  // keeps the work from being optimised away
    if (reads && multiplies) std::printf("{\"readGBs\":%.1f,\"int8Gops\":%.0f}\n", read / 1e9, ops / 1e9);
    else std::printf("{\"%s\":%.1f}\n", reads ? "readGBs" : "int8Gops", (reads ? read : ops) / 1e9);
    return 0;
}
