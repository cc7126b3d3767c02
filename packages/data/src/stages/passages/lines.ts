// The stage `lines`: lines that stand in many documents go, in all of them: menus, notices, headers that clean-up did not know. Owns its
// options and phases.
//
// hash: each file's lines. count: which are in too many documents. cut: each file without them.

import { z } from "zod";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import type { Phase, Stage } from "../../pipeline/stage.ts";
import { KeyTable } from "../dedup/key-table.ts";
import { PRESETS } from "../dedup/scheme.ts";
import { makeSigner } from "../dedup/signer.ts";
import { chosenOf, hashesIn, MARK, partsFor, putChosen } from "./chosen.ts";
import { type Cut, CutDocuments } from "./cut-document.ts";
import { encodeBuckets } from "./hash-buckets.ts";
import { visitLines } from "./line-places.ts";

const linesOptions = z.strictObject({
  unit: z.enum(["lines", "paragraphs"]).default("lines").describe("what is compared; paragraphs end at blank lines"),
  documents: z.int().min(1).max(1e9).default(10).describe("a line that stands in more documents than this goes"),
  least: z
    .int()
    .min(1)
    .max(1e6)
    .default(20)
    .describe("characters of a line, without space around it, from which it counts"),
  memory: z
    .int()
    .min(1)
    .max(1 << 20)
    .default(512)
    .describe("MiB that a task may take for its table of hashes; with less there are more tasks"),
});

type LinesOptions = z.infer<typeof linesOptions>;

/** The places of the lines that count. Conversations have none: their text is made from their turns. */
function placesOf({ text, messages }: DataDocument, { unit, least }: LinesOptions): Cut[] {
  const places: Cut[] = [];
  if (messages !== undefined) return places;
  visitLines(text, unit, (start, end) => {
    if (end - start >= least && text.slice(start, end).trim().length >= least) places.push([start, end]);
  });
  return places;
}

const hash: Phase<LinesOptions> = {
  name: "hash",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, put, progress }) {
    using signer = makeSigner({ ...PRESETS.lemma, near: false, seed: 1 });
    const documents = readDocuments(plan.inputs[task]!.path);
    const ends: number[] = [];
    for (const [i, document] of documents.entries()) {
      for (const [start, end] of placesOf(document, plan.options)) signer.text("", document.text.slice(start, end));
      ends.push(signer.documents);
      progress(i);
    }
    const { exact } = signer.columns();
    const hashes = new Uint32Array(exact.length / 2);
    const numbers = new Uint32Array(exact.length / 4);
    let line = 0;
    for (const end of ends) {
      const seen = new KeyTable(2); // this document's
      for (; line < end; line++) {
        hashes[2 * line] = exact[4 * line]!;
        hashes[2 * line + 1] = exact[4 * line + 1]!;
        const before = seen.size;
        const isAgain = seen.numberOf(exact, 4 * line) < before;
        numbers[line] = isAgain ? line + MARK : line;
      }
    }
    put(".hashes", "hashes", encodeBuckets({ hashes, numbers }), numbers.length);
    return { documents: documents.length, lines: numbers.length };
  },
};

const count: Phase<LinesOptions> = {
  name: "count",
  tasks: ({ plan, files }) => partsFor(hashesIn(files("hash", ".hashes")), plan.options.memory),
  run({ plan, task, files, put }) {
    const hashed = files("hash", ".hashes");
    const parts = partsFor(hashesIn(hashed), plan.options.memory);
    putChosen(put, hashed, task, parts, {
      // The state is in how many documents the line stands: again in the same one is marked.
      count: (state, number) => (number >= MARK ? state : state + 1),
      choose: (state, number) => ({ state, chosen: state > plan.options.documents ? number % MARK : undefined }),
    });
    return {};
  },
};

const cut: Phase<LinesOptions> = {
  name: "cut",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, files, putDocuments, progress }) {
    const chosen = new Uint8Array(Math.ceil(files("hash", ".hashes")[task]!.documents / 8));
    for (const line of chosenOf(task, files("count", ".chosen"))) chosen[line >>> 3]! |= 1 << (line & 7);
    const cutting = new CutDocuments();
    let line = 0;
    for (const [i, document] of readDocuments(plan.inputs[task]!.path).entries()) {
      progress(i);
      const cuts = placesOf(document, plan.options).filter(() => {
        const isChosen = (chosen[line >>> 3]! & (1 << (line & 7))) !== 0;
        line++;
        return isChosen;
      });
      cutting.add(document, cuts, { stage: "lines", rule: "common", lines: cuts.length });
    }
    cutting.put(putDocuments);
    return { ...cutting.counts, cut_lines: cutting.cuts };
  },
};

/** Drops lines that stand in many documents. */
export const lines: Stage<LinesOptions> = {
  name: "lines",
  version: "1",
  summary: "Cut lines that stand in many documents",
  about:
    "A line (or paragraph) that stands in more than `documents` documents, apart from case and white space, goes in all of them. A\n" +
    "document of which nothing is left is written aside (kind `dropped`). Conversations stay as they are.",
  example: {
    line: "lemma data lines --in run/02-clean --out run/03-lines --documents 20",
    shows: "lines cut, documents changed",
  },
  reads: "documents",
  options: linesOptions,
  phases: [hash, count, cut],
};
