// Reads metrics.jsonl. A line that a kill cut off is left out.

import { readFile } from "node:fs/promises";
import type { MetricsEvent } from "./rank-process.ts";

export type Metrics = Omit<MetricsEvent, "event">;

/** The lines of metrics.jsonl in order; none if the file is not there yet. */
export async function readMetrics(file: string): Promise<Metrics[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as Metrics];
    } catch {
      return [];
    }
  });
}
