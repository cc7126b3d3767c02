// Who calls, as the engine hears of it: a name made from the API key, for fair shares and for caches that nobody else reads.
// Owns the name only; whether a key may call at all is not decided here. The key itself goes no further.

import { createHash } from "node:crypto";

/**
 * The tenant of an `authorization` header: a hash of its value, "" without one.
 * @example
 * tenantOf("Bearer sk-1") === tenantOf("Bearer sk-2"); // false
 */
export function tenantOf(authorization: string | undefined): string {
  return authorization === undefined ? "" : createHash("sha256").update(authorization).digest("hex");
}
