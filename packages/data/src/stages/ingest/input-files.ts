// The files that a person named: folders and patterns spelled out, in one order, with digests. Owns the walk.

import { createHash } from "node:crypto";
import { createReadStream, globSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { LemmaError } from "@lemma/protocol";
import type { InputFile } from "../../pipeline/stage.ts";
import { formatOf } from "./formats.ts";

/**
 * Spells out files, folders and patterns, sorted by name; what is in a folder and has no reader is passed over, a file that is named is
 * not. Names are relative to the folder that was given (with its own name in front where several paths were), or to `base`.
 * @throws LEMMA_E_FILE where a path leads nowhere or nothing is found.
 */
export async function inputFiles(paths: readonly string[], base: string): Promise<InputFile[]> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const full = resolve(base, path);
    const stats = statSync(full, { throwIfNoEntry: false });
    if (stats?.isFile()) found.set(full, basename(full));
    else if (stats?.isDirectory()) {
      for (const name of globSync("**/*", { cwd: full }))
        if (formatOf(name) !== undefined && statSync(join(full, name)).isFile())
          found.set(join(full, name), paths.length > 1 ? join(basename(full), name) : name);
    } else {
      const names = globSync(path, { cwd: base }).filter((name) => statSync(resolve(base, name)).isFile());
      if (names.length === 0)
        throw new LemmaError("LEMMA_E_FILE", {
          path: full,
          problem: "expected a file, a folder or a pattern that finds files",
        });
      for (const name of names) found.set(resolve(base, name), relative(base, resolve(base, name)));
    }
  }
  if (found.size === 0)
    throw new LemmaError("LEMMA_E_FILE", { path: paths.join(", "), problem: "holds no file that ingest can read" });
  const sorted = [...found].sort(([a, nameA], [b, nameB]) => (nameA < nameB ? -1 : nameA > nameB ? 1 : a < b ? -1 : 1));
  const files: InputFile[] = [];
  for (const [path, name] of sorted)
    files.push({ path, name, bytes: statSync(path).size, sha256: await fileDigest(path), documents: 0 });
  return files;
}

/** SHA-256 of a file's bytes, read piece by piece. Throws LEMMA_E_FILE. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
  return hash.digest("hex");
}
