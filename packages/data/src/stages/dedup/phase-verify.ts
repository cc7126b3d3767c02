// The phase `verify`: candidate pairs are compared exactly. A task for each input file, which has the pairs whose first document is
// there. Owns what need not be compared: a pair seen in another band, or joined already by pairs of this task.

import type { Phase } from "../../pipeline/stage.ts";
import { Corpus } from "./corpus.ts";
import { Forest } from "./forest.ts";
import type { DedupPlanOptions } from "./options.ts";
import { bytesOf, PairList, PairsFile, uniquePairs } from "./pairs.ts";

/** The pairs of this many first documents are held at once. */
const DOCUMENTS = 1 << 16;

export const verify: Phase<DedupPlanOptions> = {
  name: "verify",
  tasks: ({ plan }) => (plan.options.near ? plan.inputs.length : 0),
  run({ plan, task, files, put, progress }) {
    const { similarity } = plan.options;
    using corpus = new Corpus(files);
    using opened = new DisposableStack();
    const candidates = files("bands", ".pairs").map(({ path }) => opened.use(new PairsFile(path)));
    const joined = new Forest();
    const links = new PairList();
    const counts = { compared_pairs: 0, similar_pairs: 0 };
    const end = corpus.firsts[task + 1]!;
    for (let from = corpus.firsts[task]!; from < end; from += DOCUMENTS) {
      const pairs = uniquePairs(joinWords(candidates.map((file) => file.range(from, Math.min(end, from + DOCUMENTS)))));
      for (let i = 0; i < pairs.length; i += 2) {
        const [b, a] = [pairs[i]!, pairs[i + 1]!];
        if (joined.root(a) === joined.root(b)) continue;
        counts.compared_pairs++;
        if (counts.compared_pairs % 1000 === 0) progress(counts.compared_pairs);
        const [one, other] = [corpus.shinglesOf(a), corpus.shinglesOf(b)];
        if (!corpus.comparer.reaches(similarity, one, other)) continue;
        counts.similar_pairs++;
        links.add(a, b);
        joined.join(a, b);
      }
    }
    put(".links", "links", bytesOf(links.sorted()), links.length);
    return counts;
  },
};

function joinWords(pieces: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
