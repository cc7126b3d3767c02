// The state machine of Utf8Stream. The bounds of the second byte exclude overlong forms, surrogates and code points above
// U+10FFFF (Unicode Standard, table 3-7).

#include "utf8_stream.h"

namespace lemma {

void Utf8Stream::replace(std::string& out) {
  out += "\xEF\xBF\xBD";
  have_ = 0;
}

void Utf8Stream::push(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (have_ > 0) {
      if (byte >= low_ && byte <= high_) {
        held_[have_++] = c;
        low_ = 0x80;
        high_ = 0xBF;
        if (have_ == need_) {
          out.append(held_, need_);
          have_ = 0;
        }
        continue;
      }
      replace(out);  // then `byte` may begin a character of its own
    }
    if (byte < 0x80) {
      out += c;
      continue;
    }
    need_ = byte >= 0xC2 && byte < 0xE0 ? 2 : byte >= 0xE0 && byte < 0xF0 ? 3 : byte >= 0xF0 && byte < 0xF5 ? 4 : 0;
    if (need_ == 0) {
      replace(out);
      continue;
    }
    low_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    high_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    held_[0] = c;
    have_ = 1;
  }
}

void Utf8Stream::finish(std::string& out) {
  if (have_ > 0) replace(out);
}

}  // namespace lemma
