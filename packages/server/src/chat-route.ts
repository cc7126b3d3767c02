// `POST /v1/chat/completions`: from a valid request to a reply, whole or streamed. Owns the order of things: validate,
// find the model, start, and only after the first sign of success commit to status 200. Knows no sockets' details.

import { randomBytes } from "node:crypto";
import type { ChatCompletion, StepChecker, StreamEvent, Usage } from "@lemma/protocol";
import { type AttemptsOptions, verifiedGenerate, verifiedStream } from "@lemma/verify";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type ChatRequest, questionOf, readChatRequest } from "./chat-request.ts";
import { EventStream } from "./event-stream.ts";
import type { InFlight } from "./in-flight.ts";
import type { Models } from "./models.ts";
import { sendPatientJson } from "./patient-json.ts";
import type { GenerateOptions, ServedModel } from "./served-model.ts";
import type { MakeChecker, ServerSettings } from "./settings.ts";
import { tenantOf } from "./tenant.ts";
import { toLemmaError, toWireError } from "./wire-error.ts";
import { type ReplyEnvelope, toCompletion, toEventChunk, toRoleChunk, toUsageChunk } from "./wire-reply.ts";

export interface ChatRoute {
  models: Models;
  inFlight: InFlight;
  makeChecker: MakeChecker;
  settings: ServerSettings;
}

/** The handler. Errors before the first token are thrown (the error handler answers); later ones travel in the reply. */
export function chatHandler(route: ChatRoute): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  return async (request, reply) => {
    const chat = readChatRequest(request.body);
    const { model, fingerprint } = route.models.get(chat.model);
    const checker = toChecker(chat, route.makeChecker);
    const running = route.inFlight.begin(reply.raw);
    const tenant = tenantOf(request.headers.authorization);
    const options: GenerateOptions = { ...chat.options, ...checker, tenant, signal: running.signal };
    if (options.maxTokens !== undefined) options.maxTokens = Math.min(options.maxTokens, model.info.contextLength);
    const envelope: ReplyEnvelope = {
      id: `chatcmpl-${randomBytes(12).toString("hex")}`,
      created: Math.floor(Date.now() / 1000),
      model: chat.model,
      system_fingerprint: fingerprint,
    };
    try {
      if (chat.stream) await streamReply(route, chat, model, options, envelope, reply);
      else await wholeReply(route, chat, model, options, envelope, reply);
    } catch (thrown) {
      if (!reply.raw.destroyed) throw running.signal.aborted ? running.signal.reason : thrown;
      if (!reply.sent) reply.hijack(); // the client has gone: nobody to answer
    } finally {
      running.end();
    }
  };
}

async function wholeReply(
  { settings }: ChatRoute,
  chat: ChatRequest,
  model: ServedModel,
  options: GenerateOptions,
  envelope: ReplyEnvelope,
  reply: FastifyReply,
): Promise<void> {
  const result = async (): Promise<ChatCompletion> => {
    const about = checkedAbout(chat);
    const generated = about
      ? await verifiedGenerate(model, chat.messages, options, about)
      : await model.generate(chat.messages, options);
    options.signal?.throwIfAborted();
    return toCompletion(envelope, generated);
  };
  await sendPatientJson(reply, result(), {
    keepAliveMs: settings.keepAliveMs,
    toError: (thrown) => lateError(thrown, options, settings, reply),
  });
}

async function streamReply(
  { settings }: ChatRoute,
  chat: ChatRequest,
  model: ServedModel,
  options: GenerateOptions,
  envelope: ReplyEnvelope,
  reply: FastifyReply,
): Promise<void> {
  const about = checkedAbout(chat);
  const generating = about
    ? verifiedStream(model, chat.messages, options, about)
    : model.stream(chat.messages, options);
  const events = generating[Symbol.asyncIterator]();
  const first = events.next();
  // A refusal (context, queue) comes at once and keeps its own status; a long wait commits to 200 with a keep-alive.
  const isWaiting = (await settledWithin(first, settings.keepAliveMs)) === "waiting";
  if (!isWaiting) await first;
  reply.hijack();
  const stream = new EventStream(reply.raw, reply.getHeaders() as Record<string, string>, settings);
  if (isWaiting) stream.comment("keep-alive");
  try {
    await sendEvents(stream, first, events, chat, options, envelope);
  } catch (thrown) {
    if (!reply.raw.destroyed) {
      await stream.send(JSON.stringify(toWireError(lateError(thrown, options, settings, reply))));
    }
  } finally {
    stream.end();
    await events.return?.();
  }
}

async function sendEvents(
  stream: EventStream,
  first: Promise<IteratorResult<StreamEvent>>,
  events: AsyncIterator<StreamEvent>,
  chat: ChatRequest,
  options: GenerateOptions,
  envelope: ReplyEnvelope,
): Promise<void> {
  // With include_usage every chunk but the last carries `usage: null`, as OpenAI's do.
  const nullUsage = chat.includeUsage ? { usage: null } : {};
  let usage: Usage | undefined;
  let next = await first;
  for (let choice = 0; choice < (options.n ?? 1); choice++) {
    await stream.send(JSON.stringify({ ...toRoleChunk(envelope, choice), ...nullUsage }));
  }
  for (; !next.done; next = await events.next()) {
    options.signal?.throwIfAborted();
    if (next.value.type === "finish") usage = next.value.usage;
    await stream.send(JSON.stringify({ ...toEventChunk(envelope, next.value), ...nullUsage }));
  }
  options.signal?.throwIfAborted();
  if (chat.includeUsage && usage) await stream.send(JSON.stringify(toUsageChunk(envelope, usage)));
  await stream.send("[DONE]");
}

/** What the answers are checked against, where the request asks for it. */
function checkedAbout({ messages, task, attempts }: ChatRequest): AttemptsOptions | undefined {
  return attempts === undefined ? undefined : { question: questionOf(messages), task, attempts };
}

function toChecker(chat: ChatRequest, makeChecker: MakeChecker): Pick<GenerateOptions, "checker"> {
  if (!chat.stepVerdicts && chat.attempts === undefined) return {};
  const about = { question: questionOf(chat.messages), task: chat.task };
  let first: StepChecker | undefined = makeChecker(about); // an unknown task is refused before anything is generated
  if (!chat.stepVerdicts) return {};
  return {
    checker: () => {
      const checker = first ?? makeChecker(about); // one for each choice and attempt
      first = undefined;
      return checker;
    },
  };
}

/** An error after the headers went out; the log is the only place that still shows its cause. */
function lateError(thrown: unknown, options: GenerateOptions, settings: ServerSettings, reply: FastifyReply) {
  const cause = options.signal?.aborted ? options.signal.reason : thrown;
  const error = toLemmaError(cause, settings.bodyLimitBytes);
  if (error.status >= 500 && error.code !== "LEMMA_E_DRAINING") reply.log.error({ err: cause }, "generation failed");
  return error;
}

async function settledWithin(promise: Promise<unknown>, ms: number): Promise<"settled" | "waiting"> {
  let timer: NodeJS.Timeout | undefined;
  const wait = new Promise<"waiting">((resolve) => {
    timer = setTimeout(resolve, ms, "waiting");
  });
  const settled = promise.then(
    () => "settled" as const,
    () => "settled" as const,
  );
  return Promise.race([settled, wait]).finally(() => clearTimeout(timer));
}
