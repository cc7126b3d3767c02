// The stages of the pipeline, by name. Owns the list; a new stage is one import and one entry here.

import { LemmaError } from "@lemma/protocol";
import type { Stage } from "../pipeline/stage.ts";
import { augment } from "./augment/augment.ts";
import { clean } from "./clean/clean.ts";
import { decontaminate } from "./decontaminate/decontaminate.ts";
import { dedup } from "./dedup/dedup.ts";
import { ingest } from "./ingest/ingest.ts";
import { mix } from "./mix/mix.ts";
import { lines } from "./passages/lines.ts";
import { spans } from "./passages/spans.ts";
import { report } from "./report/report.ts";
import { tokenize } from "./tokenize/tokenize.ts";

const STAGES: ReadonlyMap<string, Stage> = new Map(
  (
    [
      ingest, // one entry a line
      clean,
      lines,
      dedup,
      spans,
      decontaminate,
      augment,
      tokenize,
      mix,
      report,
    ] as unknown as Stage[]
  ).map((stage) => [stage.name, stage]),
);

/** All stages, in the order in which a recipe usually has them. */
export function stages(): Stage[] {
  return [...STAGES.values()];
}

/** The stage with this name. Throws LEMMA_E_OPTION. */
export function stageByName(name: string): Stage {
  const stage = STAGES.get(name);
  if (stage === undefined)
    throw new LemmaError("LEMMA_E_OPTION", { option: "stage", expected: [...STAGES.keys()].join(", "), found: name });
  return stage;
}
