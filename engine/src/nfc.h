// Unicode normalisation form C (UAX #15): decompose canonically, put marks into the order of their classes, compose. Stateless.
#pragma once

#include <string>
#include <string_view>

namespace lemma {

/// Whether `text` is surely NFC; false where the answer takes the whole work. Runs at the speed of decoding.
bool is_surely_nfc(std::string_view text);

/// `text` in NFC. Bytes that are not UTF-8 stay as they are, between what stands before and behind them.
/// Example: to_nfc("e\u0301") is "\u00e9".
std::string to_nfc(std::string_view text);

}  // namespace lemma
