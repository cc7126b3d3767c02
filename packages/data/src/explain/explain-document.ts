// The life of one document through the stages of a run. Owns finding it by its id; a file is read at a time, and memory is bounded by
// a file of documents and a shard.

import { join } from "node:path";
import { LemmaError } from "@lemma/protocol";
import type { DataDocument, DocumentSource, HistoryEntry, Json } from "../documents/document.ts";
import { type RunStage, stagesInRun } from "../pipeline/run-folder.ts";
import { explainRow } from "./explain-row.ts";
import { findDocuments } from "./find-documents.ts";
import { documentOfExample, examplesOf, shardsOf, type TrainingExample } from "./training-examples.ts";

/** How many documents that name another one are listed for a stage; all are counted. */
const LISTED = 5;

/** What became of a document in one stage. */
export interface LifeStep {
  /** The stage's folder: `02-clean`. */
  folder: string;
  stage: string;
  /**
   * `made`: it is there for the first time; `kept`: as it was; `changed`: its text or history is another; `dropped`: see the last entry;
   * `encoded`: it stands in token shards; `absent`: the stage wrote documents or shards, and it is not among them; `unfinished`: the
   * stage has not ended yet.
   */
  what: "made" | "kept" | "changed" | "dropped" | "encoded" | "absent" | "unfinished";
  /** The file in the stage's folder, and the document's number there. */
  file?: string;
  number?: number;
  /** Of its text, in UTF-16 units. */
  characters?: number;
  /** What this stage noted in its history. */
  entries: HistoryEntry[];
  /** Other documents whose history names this one here: dropped as its copies, made from it, … */
  named?: { documents: number; first: { id: string; dropped: boolean; entry: HistoryEntry }[] };
}

/** The life of a document. */
export interface DocumentLife {
  id: string;
  source: DocumentSource;
  /** Its text where it was last seen. */
  text: string;
  steps: LifeStep[];
  /** Where it stands in token shards. */
  examples: TrainingExample[];
  /** The example that was asked for, where one was. */
  asked?: { shard: string; number: number };
}

interface Sighting {
  stage: RunStage;
  isDropped: boolean;
  file: string;
  sha256: string;
  number: number;
  document: DataDocument;
}

/**
 * Follows a document through a run. `id` is its id, the beginning of one that no other document shares, or `SHARD:NUMBER` of a training
 * example (`00002:17`). An example of a mixture has no documents before it: its row is made again from its group and index.
 * @throws LEMMA_E_OPTION (no or several documents), LEMMA_E_FILE (not a run, a damaged file).
 * @example (await explainDocument("run", "3f2a9c1e")).steps.map(({ stage, what }) => [stage, what]); // [["ingest", "made"], ["clean", "dropped"]]
 */
export async function explainDocument(run: string, id: string): Promise<DocumentLife> {
  const stages = stagesInRun(run);
  const example = /^(\d+):(\d+)$/.exec(id);
  const asked = example === null ? undefined : { shard: example[1]!, number: Number(example[2]) };
  const row = asked && (await explainRow(stages, asked.shard, asked.number));
  if (row !== undefined) return row;
  const full = asked === undefined ? wholeId(stages, id) : await documentOfExample(stages, asked.shard, asked.number);
  const steps: LifeStep[] = [];
  const examples: TrainingExample[] = [];
  let last: Sighting | undefined;
  for (const stage of stages) {
    const found = sightings(stage, full);
    if (last?.isDropped && found.seen === undefined && found.named === undefined) break;
    const step = await stepOf(stage, found, last, examples);
    if (step !== undefined) steps.push(step);
    last = found.seen ?? last;
  }
  if (last === undefined) throw notFound(id);
  const { document } = last;
  const life = { id: full, source: document.source, text: document.text, steps, examples };
  return asked === undefined ? life : { ...life, asked };
}

async function stepOf(
  stage: RunStage,
  { seen, named }: { seen?: Sighting; named?: LifeStep["named"] },
  last: Sighting | undefined,
  examples: TrainingExample[],
): Promise<LifeStep | undefined> {
  const base = { folder: stage.name, stage: stage.plan.stage };
  const rest = named === undefined ? {} : { named };
  if (stage.summary === undefined) return { ...base, what: "unfinished", entries: [] };
  if (seen !== undefined) {
    const { document, isDropped, file, number } = seen;
    const before = last?.document;
    const entries = (document.history ?? []).slice(before?.history?.length ?? 0);
    const isChanged = before?.text !== document.text || entries.length > 0;
    const what = isDropped ? "dropped" : before === undefined ? "made" : isChanged ? "changed" : "kept";
    return { ...base, what, file, number, characters: document.text.length, entries, ...rest };
  }
  if (last === undefined || last.isDropped) return named && { ...base, what: "absent", entries: [], named };
  if ((await shardsOf(stage)) !== undefined) {
    const own = await examplesOf(stage, last.file, last.sha256, last.number);
    examples.push(...own);
    return { ...base, what: own.length > 0 ? "encoded" : "absent", entries: [], ...rest };
  }
  const writes = stage.summary.outputs.some(({ kind }) => kind === "documents" || kind === "dropped");
  return writes ? { ...base, what: "absent", entries: [], ...rest } : undefined;
}

/** The document in a stage's files, and those that name it in what the stage noted. */
function sightings(stage: RunStage, id: string): { seen?: Sighting; named?: NonNullable<LifeStep["named"]> } {
  let seen: Sighting | undefined;
  const named: NonNullable<LifeStep["named"]> = { documents: 0, first: [] };
  for (const { path: file, sha256, isDropped } of documentFiles(stage))
    for (const { number, document } of findDocuments(join(stage.path, file), `"${id}"`)) {
      if (document.id === id) seen ??= { stage, isDropped, file, sha256, number, document };
      else {
        const entry = document.history?.find((one) => one.stage === stage.plan.stage && names(one, id));
        if (entry === undefined) continue;
        named.documents++;
        if (named.first.length < LISTED) named.first.push({ id: document.id, dropped: isDropped, entry });
      }
    }
  return { ...(seen === undefined ? {} : { seen }), ...(named.documents === 0 ? {} : { named }) };
}

const names = (value: Json, id: string): boolean =>
  value === id ||
  (typeof value === "object" && value !== null && Object.values(value).some((inner) => names(inner, id)));

const documentFiles = ({ summary }: RunStage) =>
  (summary?.outputs ?? [])
    .filter(({ kind }) => kind === "documents" || kind === "dropped")
    .map(({ path, sha256, kind }) => ({ path, sha256, isDropped: kind === "dropped" }));

/** The one id that begins so. */
function wholeId(stages: readonly RunStage[], prefix: string): string {
  if (!/^[0-9a-f]{1,16}$/.test(prefix))
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "id",
      expected: "up to 16 hex digits, or SHARD:NUMBER of a training example",
      found: prefix,
    });
  if (prefix.length === 16) return prefix;
  const ids = new Set<string>();
  for (const stage of stages)
    for (const { path } of documentFiles(stage))
      for (const { document } of findDocuments(join(stage.path, path), `"id":"${prefix}`)) {
        if (document.id.startsWith(prefix)) ids.add(document.id);
        if (ids.size > LISTED) throw severalFound(prefix, [...ids, "…"]);
      }
  if (ids.size > 1) throw severalFound(prefix, [...ids]);
  const [id] = ids;
  if (id === undefined) throw notFound(prefix);
  return id;
}

const severalFound = (prefix: string, ids: string[]): LemmaError =>
  new LemmaError("LEMMA_E_OPTION", {
    option: "id",
    expected: `more of the id: ${ids.join(", ")} begin so`,
    found: prefix,
  });

const notFound = (id: string): LemmaError =>
  new LemmaError("LEMMA_E_OPTION", { option: "id", expected: "the id of a document of this run", found: id });
