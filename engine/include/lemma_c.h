/* Lemma for C and for foreign-function interfaces: status codes, no exceptions, no C++ types.
 * A function that returns int gives LEMMA_OK (0) or a code; lemma_last_error() then holds this thread's message.
 *
 *   lemma_config config = lemma_default_config();
 *   config.model_path = "models/lemma-s/lemma-s.gguf";
 *   lemma_model* model = NULL;
 *   if (lemma_load(&config, &model) != 0) { puts(lemma_last_error()); return 1; }
 *   lemma_response* response = NULL;
 *   if (lemma_generate(model, "12+30=?", NULL, &response) == 0) puts(lemma_response_text(response));
 *   lemma_response_free(response);
 *   lemma_free(model);
 */
#ifndef LEMMA_C_H
#define LEMMA_C_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lemma_model lemma_model;
typedef struct lemma_response lemma_response;

/* Fields as in lemma::ModelConfig; 0 and NULL mean the default. */
typedef struct lemma_config {
  const char* model_path;
  const char* device;
  uint32_t max_tokens;
  uint32_t context_length;
  uint32_t max_sequences;
  uint64_t cache_bytes;
  uint32_t threads;
  bool mmap;
} lemma_config;

/* Fields as in lemma::GenerateOptions; pass NULL for the model's own. */
typedef struct lemma_options {
  float temperature;
  uint32_t top_k;
  float top_p;
  float min_p;
  float repetition_penalty; /* 0 and 1 are off */
  float presence_penalty;
  float frequency_penalty;
  bool has_seed;
  uint64_t seed;
  uint32_t max_tokens;
  bool thinking;
} lemma_options;

lemma_config lemma_default_config(void);
/* The model's own generation defaults. */
lemma_options lemma_default_options(const lemma_model* model);
int lemma_load(const lemma_config* config, lemma_model** model);
/* Answers one user message; blocks. Safe from several threads at once. */
int lemma_generate(lemma_model* model, const char* prompt, const lemma_options* options, lemma_response** response);
/* Both strings are UTF-8 and live as long as the response. */
const char* lemma_response_text(const lemma_response* response);
const char* lemma_response_reasoning(const lemma_response* response);
void lemma_response_free(lemma_response* response);
void lemma_free(lemma_model* model);

/* This thread's last error: message, the catalogue's name of its code ("LEMMA_E_CONTEXT"), what to do next. */
const char* lemma_last_error(void);
const char* lemma_last_error_name(void);
const char* lemma_last_error_hint(void);

#ifdef __cplusplus
}
#endif
#endif
