// What an engine is made of. engine.cpp loads and forwards; engine_swap.cpp exchanges weights.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "chat_template.h"
#include "decoder.h"
#include "lemma_engine.h"
#include "model_schema.h"
#include "scheduler.h"
#include "tokenizer.h"

namespace lemma {

struct Engine::Parts {
  explicit Parts(ModelSchema model) : schema(std::move(model)) {}

  ModelSchema schema;                    // what swapped-in weights must be like
  WeightLimits weights;
  FileMode file_mode = FileMode::map;
  DecoderLimits decoder_limits{};        // of any decoder of this engine
  std::mutex swapping;                   // one swap at a time
  std::optional<Tokenizer> tokenizer;
  ChatTemplate chat;
  std::string chat_source;
  ModelInfo info;
  std::unique_ptr<Scheduler> scheduler;  // last: it uses the tokenizer until it is gone

  Status need_tokenizer() const {
    return tokenizer ? Status{} : Status::error(Code::tokenizer, "tokenizer: " + info.path + " has none; pass tokens");
  }
};

}  // namespace lemma
