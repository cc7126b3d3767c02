// What a fuzz target asserts: a broken promise ends the process, also where assert() is compiled out.
#pragma once

#include <cstdio>
#include <cstdlib>

#define PROMISE(condition)                                                              \
  do {                                                                                  \
    if (!(condition)) {                                                                 \
      std::fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                     \
    }                                                                                   \
  } while (false)
