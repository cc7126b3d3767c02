// Atomic files: a reader finds a file whole or not at all, also while two processes write the same one.

import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file whole or not at all; what a killed writer leaves ends in `.partial`. */
export function putFile(path: string, bytes: Uint8Array | string): void {
  const partial = `${path}.${process.pid.toString(36)}${Math.random().toString(36).slice(2, 8)}.partial`;
  try {
    writeFileSync(partial, bytes);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
