// Atomic files: a reader finds a file whole or not at all, also while two processes write the same one.

import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file whole or not at all; what a killed writer leaves ends in `.partial`. */
export function putFile(path: string, bytes: Uint8Array | string): void {
  const partial = partialName(path);
  try {
    writeFileSync(partial, bytes);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Writes a file whole where there is none yet; false where there is one, which stays as it is. */
export function putNewFile(path: string, bytes: Uint8Array | string): boolean {
  const partial = partialName(path);
  try {
    writeFileSync(partial, bytes);
    linkSync(partial, path); // unlike a rename it fails where the name is taken
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}

const partialName = (path: string): string =>
  `${path}.${process.pid.toString(36)}${Math.random().toString(36).slice(2, 8)}.partial`;
