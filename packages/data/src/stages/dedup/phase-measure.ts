// The phase `measure`: what the run finds of copies planted for it. A task for each input file takes some of its documents, changes each
// (words, order, ends, case, …: planted-corpus.ts) so that some copies stay above the similarity that counts and some fall below, and asks
// what the run asks: do the two agree in a band, and does the exact comparison say duplicate? The truth is the similarity of sets of
// strings. The copies are not in the corpus: they join no clusters and are written nowhere.

import { LemmaError } from "@lemma/protocol";
import type { DataDocument } from "../../documents/document.ts";
import { linesOf, readDocumentBytes } from "../../documents/document-file.ts";
import type { Phase } from "../../pipeline/stage.ts";
import { Corpus } from "./corpus.ts";
import type { DedupPlanOptions } from "./options.ts";
import { COPIES, changed, Draws, trueJaccard } from "./planted-corpus.ts";
import { makeSigner } from "./signer.ts";

/** Longer texts are passed over: sets of strings take a hundred bytes a word. */
const LONGEST = 200_000;

export const measure: Phase<DedupPlanOptions> = {
  name: "measure",
  tasks: ({ plan }) => (plan.options.near && plan.options.planted > 0 ? plan.inputs.length : 0),
  run({ plan, task, files, progress }) {
    const { options } = plan;
    using corpus = new Corpus(files);
    const signs = corpus.signs(task);
    const counts = { planted_pairs: 0, planted_found: 0, planted_claimed: 0, planted_right: 0 };
    const places = chosen(signs.documents, Math.ceil(options.planted / plan.inputs.length));
    if (places.size === 0) return counts;
    const draws = new Draws(options.seed + task);
    const keys = Array.from({ length: options.bands }, (_, band) => signs.bandKeys(band));
    let i = -1;
    for (const line of linesOf(readDocumentBytes(plan.inputs[task]!.path))) {
      i++;
      if (!places.has(i)) continue;
      const text = textOf(line, plan.inputs[task]!.path, i + 1);
      const own = corpus.shinglesOf(corpus.firsts[task]! + i);
      if (own.length === 0 || text.length > LONGEST) continue;
      const copy = changed(text, draws.of(COPIES), draws.share(), draws);
      using signer = makeSigner(options);
      signer.text("", copy);
      const { bandKeys } = signer.columns();
      const isCandidate = keys.some(
        (column, band) => column[2 * i] === bandKeys[2 * band] && column[2 * i + 1] === bandKeys[2 * band + 1],
      );
      const others = corpus.comparer.prepare(signer.takeShingles().slice());
      const isClaimed = isCandidate && corpus.comparer.reaches(options.similarity, own, others);
      const isTrue = trueJaccard(text, copy, options) >= options.similarity;
      if (isTrue) counts.planted_pairs++;
      if (isTrue && isClaimed) counts.planted_found++;
      if (isClaimed) counts.planted_claimed++;
      if (isClaimed && isTrue) counts.planted_right++;
      progress(counts.planted_pairs);
    }
    return counts;
  },
};

/** So many numbers below `count`, evenly. */
function chosen(count: number, wanted: number): ReadonlySet<number> {
  const taken = Math.min(count, wanted);
  return new Set(Array.from({ length: taken }, (_, k) => Math.floor(((k + 0.5) * count) / taken)));
}

function textOf(line: Buffer, path: string, number: number): string {
  try {
    return (JSON.parse(line.toString("utf8")) as DataDocument).text;
  } catch (cause) {
    throw new LemmaError("LEMMA_E_DATA", { path, line: number, problem: (cause as Error).message }, { cause });
  }
}
