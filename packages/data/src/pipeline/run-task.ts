// Runs one task of a stage, in whatever process. Owns the context that a task gets and the order of its writes.

import { LemmaError } from "@lemma/protocol";
import { encodeRecords } from "../documents/document-file.ts";
import type { DoneMarker, OutputFile, Stage, StagePlan } from "./stage.ts";
import type { StageFolder } from "./stage-folder.ts";

/** Runs a task and writes its marker; returns the marker that stands there if the task was done before. */
export async function runTask(
  stage: Stage,
  folder: StageFolder,
  phaseName: string,
  task: number,
  onProgress: (done: number) => void = () => {},
): Promise<DoneMarker> {
  const plan = planIn(stage, folder);
  const phase = stage.phases.find(({ name }) => name === phaseName);
  if (phase === undefined)
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "phase",
      expected: stage.phases.map(({ name }) => name).join(", "),
      found: phaseName,
    });
  const done = folder.marker(plan, phaseName, task);
  if (done !== undefined) return done;
  const outputs: OutputFile[] = [];
  const put = (kind: string, name: string, bytes: Uint8Array | string, records = 0): void => {
    if (outputs.some(({ path }) => path.endsWith(`.${name}`)))
      throw new LemmaError("LEMMA_E_INTERNAL", { problem: `${stage.name}: a task wrote ${name} twice` });
    outputs.push(folder.put(phaseName, task, kind, name, bytes, records));
  };
  let parts = 0;
  const counts = await phase.run({
    plan,
    task,
    files: (earlier, kind) => folder.files(plan, earlier, kind),
    put,
    putAt: (kind, path, bytes) => void outputs.push(folder.putAt(kind, path, bytes, 0)),
    putDocuments(kind, documents) {
      put(kind, `${kind}-${parts++}.jsonl.zst`, encodeRecords(documents), documents.length);
    },
    recorded: (key) => folder.recorded(key),
    record: (key, text) => folder.record(key, text),
    progress: onProgress,
  });
  const marker = { plan: plan.digest, outputs, counts };
  folder.finish(phaseName, task, marker);
  return marker;
}

/** The plan in the folder, which must be one of this stage in this version. */
function planIn(stage: Stage, folder: StageFolder): StagePlan {
  const plan = folder.plan();
  const wanted = `${stage.name} ${stage.version}`;
  if (plan === undefined || `${plan.stage} ${plan.version}` !== wanted) {
    const found = plan === undefined ? "none" : `${plan.stage} ${plan.version}`;
    throw new LemmaError("LEMMA_E_FILE", {
      path: folder.path,
      problem: `expected a plan.json of ${wanted}, found ${found}`,
    });
  }
  return plan;
}
