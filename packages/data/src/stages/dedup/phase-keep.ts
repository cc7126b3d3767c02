// The phase `keep`: a task for each input file writes what stays and what goes. Owns what a dropped document says of itself.

import { readFileSync } from "node:fs";
import { withHistory } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import type { Phase } from "../../pipeline/stage.ts";
import { Corpus } from "./corpus.ts";
import { jaccard } from "./jaccard.ts";
import type { DedupPlanOptions } from "./options.ts";

export const keep: Phase<DedupPlanOptions> = {
  name: "keep",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, files, putDocuments, progress }) {
    using corpus = new Corpus(files);
    const keptOf = readFileSync(files("cluster", ".kept")[task]!.path);
    const exactKeys = corpus.signs(task).exactKeys();
    const known = new Map<number, { id: string; exact: Uint32Array }>();
    const kept = [];
    const dropped = [];
    const counts = { kept: 0, dropped_exact: 0, dropped_near: 0, dropped_by_chain: 0, kept_characters: 0 };
    for (const [i, document] of readDocuments(plan.inputs[task]!.path).entries()) {
      const own = corpus.firsts[task]! + i;
      const other = keptOf.readUInt32LE(4 * i);
      progress(i);
      if (other === own) {
        kept.push(document);
        counts.kept++;
        counts.kept_characters += document.text.length;
        continue;
      }
      let stays = known.get(other);
      if (stays === undefined) {
        stays = { id: corpus.idOf(other), exact: corpus.exactKeyOf(other) };
        known.set(other, stays);
      }
      const of = stays.id;
      if (stays.exact.every((word, at) => word === exactKeys[4 * i + at])) {
        counts.dropped_exact++;
        dropped.push(withHistory(document, { stage: "dedup", rule: "exact", of, similarity: 1 }));
        continue;
      }
      const similarity = jaccard(corpus.shinglesOf(own), corpus.shinglesOf(other));
      counts.dropped_near++;
      if (similarity < plan.options.similarity) counts.dropped_by_chain++;
      dropped.push(
        withHistory(document, { stage: "dedup", rule: "near", of, similarity: Math.round(similarity * 1e6) / 1e6 }),
      );
    }
    if (kept.length > 0) putDocuments("documents", kept);
    if (dropped.length > 0) putDocuments("dropped", dropped);
    return counts;
  },
};
