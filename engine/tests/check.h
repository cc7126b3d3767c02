// A test harness of one header: TEST(name) { CHECK(...); } and a main that runs all tests, or those whose name holds argv[1].
#pragma once

#include <chrono>
#include <cstdio>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

namespace check {

struct Case {
  const char* name;
  void (*run)();
};

inline std::vector<Case>& cases() {
  static std::vector<Case> all;
  return all;
}

inline int& failures() {
  static int count = 0;
  return count;
}

inline bool add(const char* name, void (*run)()) {
  cases().push_back({name, run});
  return true;
}

inline void fail(const char* file, int line, const std::string& what) {
  ++failures();
  std::fprintf(stderr, "%s:%d: %s\n", file, line, what.c_str());
}

template <typename T>
std::string show(const T& value) {
  if constexpr (requires(std::ostringstream& out) { out << value; }) {
    std::ostringstream out;
    out.precision(9);
    out << value;
    return out.str();
  } else {
    return "(value)";
  }
}

template <typename A, typename B>
void equal(const char* file, int line, const char* text, const A& a, const B& b) {
  if (!(a == b)) fail(file, line, std::string(text) + ": " + show(a) + " != " + show(b));
}

inline void near(const char* file, int line, const char* text, double a, double b, double tolerance) {
  const double difference = a > b ? a - b : b - a;
  if (!(difference <= tolerance))
    fail(file, line, std::string(text) + ": " + show(a) + " and " + show(b) + " differ by more than " + show(tolerance));
}

}  // namespace check

#define TEST(name)                                                  \
  static void test_##name();                                        \
  static const bool added_##name = check::add(#name, test_##name); \
  static void test_##name()
#define CHECK(condition)                                                \
  do {                                                                  \
    if (!(condition)) check::fail(__FILE__, __LINE__, "failed: " #condition); \
  } while (false)
#define CHECK_EQ(a, b) check::equal(__FILE__, __LINE__, #a " == " #b, (a), (b))
#define CHECK_NEAR(a, b, tolerance) check::near(__FILE__, __LINE__, #a " ~ " #b, (a), (b), (tolerance))
/// Ends the test when the condition is false.
#define REQUIRE(condition)                                                \
  do {                                                                    \
    if (!(condition)) {                                                   \
      check::fail(__FILE__, __LINE__, "failed: " #condition);             \
      return;                                                             \
    }                                                                     \
  } while (false)

int main(int argc, char** argv) {
  int ran = 0, bad = 0;
  for (const check::Case& test : check::cases()) {
    if (argc > 1 && std::strstr(test.name, argv[1]) == nullptr) continue;
    const int before = check::failures();
    const auto start = std::chrono::steady_clock::now();
    test.run();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    const bool failed = check::failures() != before;
    std::printf("%s %s (%lld ms)\n", failed ? "not ok" : "ok", test.name, static_cast<long long>(ms));
    bad += failed;
    ++ran;
  }
  std::printf("%d passed, %d failed, 0 skipped\n", ran - bad, bad);
  return bad != 0 || ran == 0;
}
