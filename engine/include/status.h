// The engine's error codes and the Result type that carries them through code without exceptions.
// The codes are those of packages/protocol/src/errors.ts that the engine can raise (a test holds the spelling equal).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace lemma {

/// What went wrong. `code_name` gives the catalogue's spelling ("LEMMA_E_CONTEXT").
enum class Code : int {
  ok = 0,
  file = 1,
  model_format = 2,
  model_unsupported = 3,
  device = 4,
  cpu = 5,
  option = 6,
  context = 7,
  overloaded = 8,
  memory = 9,
  disposed = 10,
  aborted = 11,
  chat_template = 12,
  tokenizer = 13,
  internal = 14,
};

/// The catalogue's spelling of a code; "LEMMA_OK" for Code::ok.
constexpr const char* code_name(Code code) {
  switch (code) {
    case Code::ok: return "LEMMA_OK";
    case Code::file: return "LEMMA_E_FILE";
    case Code::model_format: return "LEMMA_E_MODEL_FORMAT";
    case Code::model_unsupported: return "LEMMA_E_MODEL_UNSUPPORTED";
    case Code::device: return "LEMMA_E_DEVICE";
    case Code::cpu: return "LEMMA_E_CPU";
    case Code::option: return "LEMMA_E_OPTION";
    case Code::context: return "LEMMA_E_CONTEXT";
    case Code::overloaded: return "LEMMA_E_OVERLOADED";
    case Code::memory: return "LEMMA_E_MEMORY";
    case Code::disposed: return "LEMMA_E_DISPOSED";
    case Code::aborted: return "LEMMA_E_ABORTED";
    case Code::chat_template: return "LEMMA_E_TEMPLATE";
    case Code::tokenizer: return "LEMMA_E_TOKENIZER";
    case Code::internal: return "LEMMA_E_INTERNAL";
  }
  return "LEMMA_E_INTERNAL";
}

/// What to do next, one sentence per code (the catalogue's hints).
const char* code_hint(Code code);

/// Success, or a code with a message that says what was expected, what was found and where.
struct [[nodiscard]] Status {
  Code code = Code::ok;
  std::string message = {};
  std::uint32_t retry_after = 0;  ///< of `overloaded`: seconds after which room is expected

  bool ok() const { return code == Code::ok; }
  static Status error(Code code, std::string message) { return {.code = code, .message = std::move(message)}; }
};

/// A value or the Status that explains its absence.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Status status) : state_(std::move(status)) {}

  bool ok() const { return state_.index() == 0; }
  T& value() { return std::get<0>(state_); }
  const T& value() const { return std::get<0>(state_); }
  T&& take() { return std::move(std::get<0>(state_)); }
  /// The status; ok when a value is present.
  Status status() const { return ok() ? Status{} : std::get<1>(state_); }

 private:
  std::variant<T, Status> state_;
};

}  // namespace lemma

#define LEMMA_CONCAT_INNER(a, b) a##b
#define LEMMA_CONCAT(a, b) LEMMA_CONCAT_INNER(a, b)

/// Returns from the calling function when the Status expression is an error.
#define LEMMA_TRY(expression)                                             \
  do {                                                                    \
    if (::lemma::Status lemma_status = (expression); !lemma_status.ok()) \
      return lemma_status;                                                \
  } while (false)

/// `LEMMA_ASSIGN(auto file, GgufFile::open(path));`: declares the value or returns the error.
#define LEMMA_ASSIGN(declaration, expression) \
  LEMMA_ASSIGN_INNER(declaration, expression, LEMMA_CONCAT(lemma_result_, __LINE__))
#define LEMMA_ASSIGN_INNER(declaration, expression, name) \
  auto name = (expression);                               \
  if (!name.ok()) return name.status();                   \
  declaration = name.take()
