// Waits for a slow reader, within a limit.

import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** Resolves when `response` has room again; a reader that takes nothing for `limitMs` loses the connection. */
export async function waitForDrain(response: ServerResponse, limitMs: number): Promise<void> {
  if (response.destroyed) return;
  const limit = setTimeout(() => response.destroy(), limitMs);
  const either = new AbortController();
  try {
    const { signal } = either;
    await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]);
  } finally {
    clearTimeout(limit);
    either.abort();
  }
}
