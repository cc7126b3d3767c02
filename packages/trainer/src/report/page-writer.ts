// Keeps report.html up to date while a run goes on: rewritten, atomically, whenever metrics.jsonl has grown by some lines, and a
// last time at the end. Knows nothing of who trains: it looks at the files.

import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { runPlaces } from "../recipe/python-config.ts";
import { readMetrics } from "../run/read-metrics.ts";
import { writeAtomically } from "../run/run-folder.ts";
import { runPage } from "./run-page.ts";
import { readRun } from "./run-record.ts";

/** Writes the page of a run once. @throws LEMMA_E_FILE where `folder` is no run. */
export async function writeRunPage(folder: string): Promise<void> {
  await writeAtomically(runPlaces(folder).report, runPage(await readRun(folder)));
}

export interface PageWriterOptions {
  /** Lines between two rewrites. */
  everyLines?: number;
  everyMs?: number;
}

/** Writes the page until it is disposed of: `await using`. */
export function keepRunPage(
  folder: string,
  { everyLines = 10, everyMs = 2000 }: PageWriterOptions = {},
): AsyncDisposable {
  const end = new AbortController();
  const following = (async () => {
    let [bytes, lines] = [-1, 0];
    while (!end.signal.aborted) {
      const { size } = await stat(runPlaces(folder).metrics).catch(() => ({ size: 0 }));
      if (size !== bytes) {
        bytes = size;
        const count = (await readMetrics(runPlaces(folder).metrics)).length;
        // Fewer lines than before: the run went back to a checkpoint.
        if (count < lines || count - lines >= everyLines) {
          lines = count;
          await writeRunPage(folder);
        }
      }
      await sleep(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
    }
  })();
  // A page that can't be written must not end a training: the last write below says why.
  following.catch(() => undefined);
  return {
    async [Symbol.asyncDispose]() {
      end.abort();
      await following.catch(() => undefined);
      await writeRunPage(folder);
    },
  };
}
