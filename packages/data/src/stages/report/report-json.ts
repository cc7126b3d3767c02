// What report.json holds. Owns the shape.

import type { StageCounts } from "../../pipeline/stage.ts";
import type { Measure, RuleMeasure } from "./measures.ts";

/** A part of a file that could not be read. */
export interface RefusedExample {
  path: string;
  where?: string;
  problem: string;
}

/** One stage. `kept` and `dropped` are missing where it wrote no such documents. */
export interface StageReport {
  /** Its folder: `02-clean`. */
  name: string;
  stage: string;
  counts: StageCounts;
  kept?: Measure;
  dropped?: Measure;
  /** The rules that dropped documents, the most frequent first. */
  rules: ({ rule: string } & RuleMeasure)[];
  /** What it made and did not keep (a model's replies that no verifier proved), by kind and rule. */
  rejected: ({ rule: string } & RuleMeasure)[];
  refused: { parts: number; first: RefusedExample[] };
}

/** report.json. */
export interface Report {
  format: "lemma-data-report";
  version: 1;
  title: string;
  stages: StageReport[];
  /** How many clusters of copies there are of each size: a kept document and those that were dropped as its copies. */
  clusters: Record<string, number>;
}
