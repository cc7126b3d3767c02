// What a request must pass before any route sees it: a body that is JSON in UTF-8, and a Host header of this machine.
// A page of another site can send requests to a loopback server: requiring content-type application/json makes browsers
// ask first (and CORS is off), and the Host check stops a foreign name that was pointed at 127.0.0.1.

import { LemmaError } from "@lemma/protocol";

const LOCAL_HOST = /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** Throws LEMMA_E_REQUEST unless the Host header names this machine (absent in HTTP/1.0: passes). */
export function checkHost(host: string | undefined): void {
  if (host === undefined || LOCAL_HOST.test(host)) return;
  throw new LemmaError("LEMMA_E_REQUEST", {
    field: "Host header",
    expected: "localhost or a loopback address",
    found: JSON.stringify(host.slice(0, 80)),
  });
}

/** True for the addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === "::1" || LOCAL_HOST.test(host);
}

/** Parses a body strictly: invalid UTF-8 and a byte order mark are errors, not replacement characters. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw new LemmaError("LEMMA_E_JSON", { problem: "it is empty" });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new LemmaError("LEMMA_E_JSON", { problem: "it is not valid UTF-8" }, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.slice(0, 200) : "unreadable";
    throw new LemmaError("LEMMA_E_JSON", { problem }, { cause });
  }
}
