// SHA-256 in hex: how files, plans and tokenizers are named in this room.

import { createHash } from "node:crypto";

/** SHA-256 of bytes or UTF-8 text, in hex. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
