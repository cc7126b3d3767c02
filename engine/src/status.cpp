// The hints of the error catalogue, word for word as in packages/protocol/src/errors.ts.

#include "status.h"

namespace lemma {

const char* code_hint(Code code) {
  switch (code) {
    case Code::ok: return "";
    case Code::file: return "Check that the file exists and that this user may read it.";
    case Code::model_format:
      return "The named file is damaged or of another format: fetch or export it again; `lemma convert` makes a GGUF file from a "
             "Hugging Face folder.";
    case Code::model_unsupported:
      return "Use one of the supported architectures and tensor types; a remote backend may serve the others.";
    case Code::device: return "Use device \"cpu\", or build the engine where the device's toolkit is installed.";
    case Code::cpu: return "Unset LEMMA_ISA to let the engine choose.";
    case Code::option: return "See the option's documentation; unknown options are errors.";
    case Code::context: return "Shorten the prompt or load the model with a larger contextLength.";
    case Code::overloaded: return "Try again after the time in retry-after.";
    case Code::memory:
      return "Lower n or maxTokens of the request, or contextLength or maxSequences of the model; or raise cacheBytes.";
    case Code::disposed: return "Load it again before use.";
    case Code::aborted: return "The caller's signal ended it.";
    case Code::chat_template: return "Pass { text } to send raw text, or mend the model's chat template.";
    case Code::tokenizer: return "Only byte-level BPE with a known pre-tokenizer is supported.";
    case Code::internal: return "This is a defect of Lemma; please report it with the message.";
  }
  return "";
}

}  // namespace lemma
