// Finds stop strings in a stream of text. What may be the beginning of one is held back until it is decided.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lemma {

class StopMatcher {
 public:
  explicit StopMatcher(std::vector<std::string> stops) : stops_(std::move(stops)) {}
  /// Appends to `out` the text that is certainly no part of a stop string; true when one was found (the rest is dropped).
  bool push(std::string_view text, std::string& out);
  /// Appends what was held back.
  void finish(std::string& out);

 private:
  std::vector<std::string> stops_;  // none empty
  std::string held_;
};

}  // namespace lemma
