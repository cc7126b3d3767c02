// Writes the folder of a finished stage from documents that a test made up. Owns nothing else: the files are the pipeline's own.

import type { DataDocument } from "../src/documents/document.ts";
import { encodeRecords } from "../src/documents/document-file.ts";
import type { StageCounts } from "../src/pipeline/stage.ts";
import { StageFolder, type StageSummary } from "../src/pipeline/stage-folder.ts";

/** Files of a kind, each a list of records. */
export interface FinishedStage {
  stage: string;
  documents?: readonly (readonly DataDocument[])[];
  dropped?: readonly (readonly DataDocument[])[];
  refused?: readonly (readonly object[])[];
  rejected?: readonly (readonly DataDocument[])[];
  counts?: StageCounts;
}

/** Writes it, a task for each kind. */
export function writeFinishedStage(path: string, { stage, counts = {}, ...kinds }: FinishedStage): StageSummary {
  const folder = new StageFolder(path);
  const plan = { format: "lemma-stage" as const, stage, version: "1", options: {}, inputs: [], digest: `of ${path}` };
  folder.begin(plan, ["only"]);
  for (const [task, [kind, files]] of Object.entries(kinds).entries()) {
    const outputs = files.map((records, i) =>
      folder.put("only", task, kind, `${kind}-${i}.jsonl.zst`, encodeRecords(records), records.length),
    );
    folder.finish("only", task, { plan: plan.digest, outputs, counts: task === 0 ? counts : {} });
  }
  return folder.summarise(plan, ["only"]);
}
