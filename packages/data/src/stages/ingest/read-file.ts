// One file of a person's, read by its format. Owns that whatever goes wrong in it stays its own: a reader's error is told as what was
// refused, and readers that are guarded run in a thread that may die.

import { LemmaError } from "@lemma/protocol";
import type { InputFile } from "../../pipeline/stage.ts";
import type { FormatOptions, FoundText, Refused } from "./format.ts";
import { formatOf } from "./formats.ts";
import type { ReaderThread } from "./reader-thread.ts";
import { unpackedBytes } from "./unpack.ts";

/** Why reading the file ended early; the last thing that is said of it. */
export interface Ended {
  ended: string;
}

/** All that is found in a file. Throws nothing that the file is to blame for. */
export async function* readFile(
  { path, name }: Pick<InputFile, "path" | "name">,
  options: FormatOptions,
  thread: ReaderThread,
): AsyncGenerator<FoundText | Refused | Ended> {
  const format = formatOf(name);
  if (format === undefined) {
    yield { ended: "no reader for this kind of file" };
    return;
  }
  let ended: string | undefined;
  try {
    yield* format.guarded
      ? thread.read(format.name, path, options)
      : format.read(unpackedBytes(path, options.limits.fileBytes), path, options);
  } catch (error) {
    ended = problemOf(error);
  }
  if (ended !== undefined) yield { ended };
}

/** What a person should read of an error; a library's own is as it is, since what it met is in the file. */
export function problemOf(error: unknown): string {
  if (LemmaError.isInstance(error)) return String(error.details.problem ?? error.message);
  return `damaged: ${String((error as Error)?.message ?? error).slice(0, 500)}`;
}
