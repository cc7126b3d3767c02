// A JSON reply that may take long. Node's fetch gives up 300 s after a request when no header came, so after a while the
// headers go out and blank lines follow, which every JSON reader skips. Owns that; knows no chat shapes.
// The price: an error after that moment has status 200, and the body is the error object all the same.

import type { LemmaError } from "@lemma/protocol";
import type { FastifyReply } from "fastify";
import { toWireError } from "./wire-error.ts";

export interface PatientJsonOptions {
  keepAliveMs: number;
  /** Turns what `result` threw into the error of the late body. */
  toError(thrown: unknown): LemmaError;
}

/**
 * Sends `result` as JSON: at once if it comes within `keepAliveMs` (an error is thrown then, with its own status),
 * else behind early headers and a blank line each `keepAliveMs`.
 */
export async function sendPatientJson<T extends object>(
  reply: FastifyReply,
  result: Promise<T>,
  options: PatientJsonOptions,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, options.keepAliveMs, "late");
  });
  const first = await Promise.race([result, isLate]).finally(() => clearTimeout(timer));
  if (first !== "late") {
    void reply.send(first);
    return;
  }
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), "content-type": "application/json" });
  raw.write("\n");
  const beat = setInterval(() => {
    if (!raw.destroyed) raw.write("\n"); // writing to a client that has gone would raise an error event
  }, options.keepAliveMs);
  const body = await result.catch((thrown: unknown) => toWireError(options.toError(thrown)));
  clearInterval(beat);
  if (!raw.destroyed) raw.end(JSON.stringify(body));
}
