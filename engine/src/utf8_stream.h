// Turns a stream of bytes into a stream of valid UTF-8 text: an incomplete character is held back until its rest arrives.
// Each maximal ill-formed part becomes one U+FFFD, as in the Unicode Standard (3.9, table 3-8) and in TextDecoder.
#pragma once

#include <string>
#include <string_view>

namespace lemma {

class Utf8Stream {
 public:
  /// Appends to `out` the text that `bytes` completes.
  void push(std::string_view bytes, std::string& out);
  /// Appends what was held back (as U+FFFD) and starts anew.
  void finish(std::string& out);

 private:
  void replace(std::string& out);

  char held_[4] = {};      // a well-formed beginning of one character
  unsigned have_ = 0;      // bytes in held_
  unsigned need_ = 0;      // bytes of the whole character
  unsigned char low_ = 0;  // bounds of the next continuation byte
  unsigned char high_ = 0;
};

}  // namespace lemma
