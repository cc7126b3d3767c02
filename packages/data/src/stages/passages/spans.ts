// The stage `spans`: a long passage that stands in the corpus before is cut where it stands again. Owns its options, phases and the rule.
//
// A window is `size` neighbouring words (shingles.ts). A word is cut if a window that holds it stands before in the input (an earlier
// document, or earlier in its own) and no window that holds it is the first of several. So what is cut stays in full where it stands
// first: also of text that repeats itself without end. Windows are compared by 64-bit hashes.
//
// hash: each file's windows. count: which stand more than once. cut: each file without the later ones.

import { LemmaError } from "@lemma/protocol";
import { z } from "zod";
import type { DataDocument } from "../../documents/document.ts";
import { readDocumentBytes, readDocuments } from "../../documents/document-file.ts";
import type { Phase, Stage } from "../../pipeline/stage.ts";
import { bytesOf } from "../dedup/pairs.ts";
import { makeSigner, type SignOptions, signNext } from "../dedup/signer.ts";
import { chosenOf, hashesIn, MARK, partsFor, putChosen } from "./chosen.ts";
import { type Cut, CutDocuments } from "./cut-document.ts";
import { encodeBuckets, readWords } from "./hash-buckets.ts";
import { wordPlaces } from "./word-places.ts";

const spansOptions = z.strictObject({
  size: z.int().min(5).max(256).default(50).describe("words from which a passage that stands elsewhere before is cut"),
  memory: z
    .int()
    .min(1)
    .max(1 << 20)
    .default(512)
    .describe("MiB that a task may take for its table of hashes; with less there are more tasks"),
});

type SpansOptions = z.infer<typeof spansOptions>;

/** Hashes of windows are shingles of that many words; the one MinHash goes unused. */
const windows = (size: number): SignOptions => ({ near: true, unit: "words", size, bands: 1, rows: 1, seed: 1 });

/** About how many words of hashes are taken from the signer at once. */
const PART_WORDS = 1 << 24;

const hash: Phase<SpansOptions> = {
  name: "hash",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, put, progress }) {
    const bytes = readDocumentBytes(plan.inputs[task]!.path);
    using signer = makeSigner(windows(plan.options.size));
    const pieces: Uint32Array[] = [];
    for (let at = 0; at < bytes.length; progress(at)) {
      at = signNext(plan.inputs[task]!.path, signer, bytes, at, PART_WORDS);
      pieces.push(signer.takeShingles().slice());
    }
    const hashes = new Uint32Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      hashes.set(piece, at);
      at += piece.length;
    }
    const numbers = new Uint32Array(hashes.length / 2).map((_, i) => i);
    put(".hashes", "hashes", encodeBuckets({ hashes, numbers }), numbers.length);
    const windowsOf = signer.columns().places.filter((_, i) => i % 2 === 1); // how many each document has
    put(".windows", "windows", bytesOf(windowsOf), windowsOf.length);
    return { documents: signer.documents, windows: numbers.length };
  },
};

const count: Phase<SpansOptions> = {
  name: "count",
  tasks: ({ plan, files }) => partsFor(hashesIn(files("hash", ".hashes")), plan.options.memory),
  run({ plan, task, files, put }) {
    const hashed = files("hash", ".hashes");
    putChosen(put, hashed, task, partsFor(hashesIn(hashed), plan.options.memory), {
      // 0: not seen, 1: once, 2: more often, 3: its first is chosen. The first of several is marked.
      count: (state) => Math.min(2, state + 1),
      choose(state, number) {
        if (state === 1) return { state, chosen: undefined };
        return { state: 3, chosen: state === 2 ? number + MARK : number };
      },
    });
    return {};
  },
};

const cut: Phase<SpansOptions> = {
  name: "cut",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, files, putDocuments, progress }) {
    const { size } = plan.options;
    const marks = new Uint8Array(files("hash", ".hashes")[task]!.documents); // of each window: 0, AGAIN or FIRST
    for (const number of chosenOf(task, files("count", ".chosen")))
      marks[number % MARK] = number >= MARK ? FIRST : AGAIN;
    const cutting = new CutDocuments();
    const windowsFile = files("hash", ".windows")[task]!;
    const windowsOf = readWords(windowsFile.path, 0, windowsFile.documents);
    let first = 0;
    for (const [i, document] of readDocuments(plan.inputs[task]!.path).entries()) {
      progress(i);
      const own = marks.subarray(first, first + windowsOf[i]!);
      first += own.length;
      const cuts =
        document.messages === undefined && own.includes(AGAIN)
          ? cutsOf(own, size, placesOf(document, own.length + size - 1), document.text)
          : [];
      cutting.add(document, cuts, { stage: "spans", rule: "repeated", spans: cuts.length });
    }
    cutting.put(putDocuments);
    return { ...cutting.counts, cut_spans: cutting.cuts };
  },
};

/** A window that stands before, and one that is the first of several. */
const [AGAIN, FIRST] = [1, 2];

/** The places of a document's words, of which the kernel found so many. */
function placesOf({ id, text }: DataDocument, words: number): number[] {
  const places = wordPlaces(text);
  if (places.length !== 2 * words)
    throw new LemmaError("LEMMA_E_INTERNAL", {
      problem: `${id}: ${places.length / 2} words, ${words} when it was hashed`,
    });
  return places;
}

/** What the rule cuts: from the start of a run's first word to the start of the word behind it, or to the end of the text. */
function cutsOf(marks: Uint8Array, size: number, places: readonly number[], text: string): Cut[] {
  const words = places.length / 2;
  const cuts: Cut[] = [];
  let [again, first] = [-1, -1]; // the last window so far of each kind
  let start = -1;
  for (let word = 0; word <= words; word++) {
    if (marks[word] === AGAIN) again = word;
    if (marks[word] === FIRST) first = word;
    const goes = word < words && again >= 0 && word < again + size && !(first >= 0 && word < first + size);
    if (goes && start < 0) start = word;
    if (goes || start < 0) continue;
    // A piece of which some words stay, stays (word-places.ts: it has one place for all its words).
    while (start > 0 && start < word && places[2 * start]! < places[2 * start - 1]!) start++;
    const to = word === words ? text.length : places[2 * word]!;
    const from = start === 0 ? 0 : places[2 * start]!;
    if (start < word && to > from) cuts.push([from, to]);
    start = -1;
  }
  return cuts;
}

/** Cuts long passages that stand elsewhere before. */
export const spans: Stage<SpansOptions> = {
  name: "spans",
  version: "1",
  summary: "Cut long passages that stand in the corpus before",
  about:
    "A passage of `size` words or more that stands in an earlier document, or earlier in its own, apart from case, punctuation and white\n" +
    "space, is cut; where it stands first it stays. A document of which nothing is left is written aside (kind `dropped`).\n" +
    "Conversations stay as they are.",
  example: {
    line: "lemma data spans --in run/03-dedup --out run/04-spans --size 50",
    shows: "spans and characters cut, documents changed",
  },
  reads: "documents",
  options: spansOptions,
  phases: [hash, count, cut],
};
