// The stage `augment`: more rows out of rows. Owns its options, and the draws of what needs no model: kinds.ts makes rows, rows.ts checks
// them. What a model is asked for is the phase `model` (ask.ts). A row that its verifier doesn't prove is not written.

import { Random } from "@lemma/gym";
import { z } from "zod";
import { type DataDocument, withHistory } from "../../documents/document.ts";
import { FILE_TEXT, readDocuments } from "../../documents/document-file.ts";
import type { Stage, StageCounts, TaskContext } from "../../pipeline/stage.ts";
import { askTasks, askTeacher } from "./ask.ts";
import { askFields, resolveAsking } from "./ask-options.ts";
import { KIND_NAMES, type KindName, kindByName } from "./kinds.ts";
import { newDocument } from "./new-document.ts";
import { fault, type Made, type Row, rowOf } from "./rows.ts";

const options = z.strictObject({
  kinds: z.array(z.enum(KIND_NAMES)).nonempty().default(KIND_NAMES).describe("which kinds; all where left out"),
  perDocument: z
    .int()
    .nonnegative()
    .max(1000)
    .default(2)
    .describe("new rows without a model for each document, where its kinds give as many"),
  seed: z.int().nonnegative().default(1).describe("of all choices"),
  originals: z.boolean().default(true).describe("write the documents that were read, too"),
  ...askFields,
});

type Options = z.infer<typeof options>;

/** How often a kind is tried for a document before it is left. */
const TRIES = 3;

function run({ plan, task, putDocuments, progress }: TaskContext<Options>): StageCounts {
  const { kinds, perDocument, seed, originals } = plan.options;
  const counts: Record<string, number> = { documents: 0, rows: 0, augmented: 0 };
  const count = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const dropped: DataDocument[] = [];
  let held: DataDocument[] = [];
  let size = 0;
  const write = (document: DataDocument): void => {
    held.push(document);
    size += document.text.length;
    if (size < FILE_TEXT) return;
    putDocuments("documents", held);
    held = [];
    size = 0;
  };
  for (const document of readDocuments(plan.inputs[task]!.path)) {
    count("documents");
    progress(counts.documents!);
    const row = rowOf(document);
    if (row === "heldout_problem" || row === "heldout_wording") {
      count(`dropped_${row}`);
      dropped.push(withHistory(document, { stage: "augment", rule: row }));
      continue;
    }
    if (originals) write(document);
    if (typeof row === "string") continue;
    count("rows");
    const random = Random.fromSeed(seed).split("augment").split(document.id);
    for (const { kind, made } of rowsFrom(row, random, { kinds, perDocument, seed }, count)) {
      count("augmented");
      count(`made_${kind}`);
      write(newDocument(document, made, { kind, seed }));
    }
  }
  if (held.length > 0) putDocuments("documents", held);
  if (dropped.length > 0) putDocuments("dropped", dropped);
  return counts;
}

/** New rows by turns of the kinds, in an order of the document's own, each different from the others and from the row itself. */
function* rowsFrom(
  row: Row,
  random: Random,
  { kinds, perDocument, seed }: Pick<Options, "kinds" | "perDocument" | "seed">,
  count: (name: string) => void,
): Generator<{ kind: KindName; made: Made }> {
  const order = random.split("order").shuffle(kinds);
  const textOf = ({ question, reply }: Row): string =>
    JSON.stringify([question, reply.reasoning_content, reply.content]);
  const seen = new Set([textOf(row)]);
  let left = perDocument;
  const rounds = Math.max(TRIES, Math.ceil((TRIES * perDocument) / kinds.length));
  for (let round = 0; round < rounds; round++)
    for (const kind of order) {
      if (left === 0) return;
      const { isSame, make } = kindByName(kind);
      const made = make(row, random.split(kind).split(round), seed);
      if (made === undefined) {
        count(`no_${kind}`);
        continue;
      }
      if (seen.has(textOf(made.row))) continue;
      const reason = fault(made, isSame ? row.key : undefined);
      if (reason !== undefined) {
        count(`refused_${kind}_${reason}`);
        continue;
      }
      seen.add(textOf(made.row));
      left--;
      yield { kind, made };
    }
}

/** Makes more rows out of rows of the gym. */
export const augment: Stage<Options> = {
  name: "augment",
  version: "2",
  summary: "Make more rows out of the gym's rows, each proved by its verifier",
  about:
    "Takes conversations whose last question a family of the gym reads, and asks the same problem in other words, in the other language,\n" +
    "in another order, form or company, or a fresh problem of the same kind, a question back, two at once; or spoils a step and takes it\n" +
    "back. Each new row's answer is proved by its family's verifier and no step of it is refuted, else it isn't written. Nothing of the\n" +
    "held-out split or wordings is written. Documents that aren't such conversations go through as they are.\n" +
    "With a model (ours, or one behind an OpenAI-compatible endpoint) it also writes solutions that the model found and the verifier\n" +
    "proved, and paraphrases that are proved to ask the same. Replies are recorded in the stage's folder: none is asked for twice.",
  example: {
    line: "lemma data augment --in run/04-decontaminate --out run/05-augment --per-document 3",
    shows: "how many rows each kind made, and why others weren't written",
  },
  reads: "documents",
  options,
  resolve: resolveAsking,
  phases: [
    { name: "rows", tasks: ({ plan }) => plan.inputs.length, run },
    { name: "model", tasks: ({ plan }) => askTasks(plan).length, run: askTeacher },
  ],
};
