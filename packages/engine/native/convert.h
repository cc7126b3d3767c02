// Between JavaScript values and the engine's types. Throws JavaScript errors that carry the catalogue's code; knows no model.
#pragma once

#include <napi.h>

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "lemma.h"
#include "status.h"

namespace lemma_node {

/// A JavaScript Error whose `code` is the catalogue's ("LEMMA_E_FILE").
inline Napi::Error to_error(Napi::Env env, const lemma::Status& status) {
  Napi::Error error = Napi::Error::New(env, status.message);
  error.Set("code", Napi::String::New(env, lemma::code_name(status.code)));
  return error;
}

inline void check(Napi::Env env, const lemma::Status& status) {
  if (!status.ok()) throw to_error(env, status);
}

/// The value of a result, or a thrown error.
template <class T>
T take(Napi::Env env, lemma::Result<T> result) {
  check(env, result.status());
  return result.take();
}

[[noreturn]] inline void refuse(Napi::Env env, const std::string& option, const std::string& expected) {
  throw to_error(env, lemma::Status::error(lemma::Code::option, "option \"" + option + "\": expected " + expected +
                                                                     ", found something else"));
}

/// A string as UTF-8 (lone surrogates become U+FFFD), or the bytes of a Uint8Array as they are.
inline std::string to_bytes(const Napi::Value& value, const std::string& name) {
  if (value.IsString()) return value.As<Napi::String>().Utf8Value();
  if (value.IsTypedArray() && value.As<Napi::TypedArray>().TypedArrayType() == napi_uint8_array) {
    const auto bytes = value.As<Napi::Uint8Array>();
    return {reinterpret_cast<const char*>(bytes.Data()), bytes.ByteLength()};
  }
  refuse(value.Env(), name, "a string or a Uint8Array");
}

/// The elements of a Uint32Array; valid while JavaScript does not run.
inline std::span<const std::uint32_t> to_tokens(const Napi::Value& value, const std::string& name) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint32_array) {
    refuse(value.Env(), name, "a Uint32Array");
  }
  const auto array = value.As<Napi::Uint32Array>();
  return {array.Data(), array.ElementLength()};
}

inline Napi::Uint32Array from_tokens(Napi::Env env, std::span<const std::uint32_t> tokens) {
  Napi::Uint32Array array = Napi::Uint32Array::New(env, tokens.size());
  if (!tokens.empty()) std::memcpy(array.Data(), tokens.data(), tokens.size_bytes());
  return array;
}

/// An array of strings.
inline std::vector<std::string> to_strings(const Napi::Value& value, const std::string& name) {
  if (!value.IsArray()) refuse(value.Env(), name, "an array of strings");
  const auto array = value.As<Napi::Array>();
  std::vector<std::string> strings(array.Length());
  for (std::uint32_t i = 0; i < strings.size(); ++i) {
    Napi::HandleScope scope(value.Env());
    const Napi::Value one = array.Get(i);
    if (!one.IsString()) refuse(value.Env(), name, "an array of strings");
    strings[i] = one.As<Napi::String>().Utf8Value();
  }
  return strings;
}

/// An array of {role, content}.
inline std::vector<lemma::Message> to_messages(const Napi::Value& value) {
  if (!value.IsArray()) refuse(value.Env(), "messages", "an array of messages");
  const auto array = value.As<Napi::Array>();
  std::vector<lemma::Message> messages(array.Length());
  for (std::uint32_t i = 0; i < messages.size(); ++i) {
    const Napi::Value one = array.Get(i);
    if (!one.IsObject()) refuse(value.Env(), "messages", "an array of messages");
    const auto message = one.As<Napi::Object>();
    const Napi::Value role = message.Get("role");
    const Napi::Value content = message.Get("content");
    if (!role.IsString()) refuse(value.Env(), "messages[" + std::to_string(i) + "].role", "a string");
    if (!content.IsString()) refuse(value.Env(), "messages[" + std::to_string(i) + "].content", "a string");
    messages[i].role = role.As<Napi::String>().Utf8Value();
    messages[i].content = content.As<Napi::String>().Utf8Value();
  }
  return messages;
}

}  // namespace lemma_node
