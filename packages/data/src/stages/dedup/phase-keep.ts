// The phase `keep`: a task for each input file writes what stays and what goes. Owns what a dropped document says of itself; the lines of
// what stays are copied as they are.

import { readFileSync } from "node:fs";
import { LemmaError } from "@lemma/protocol";
import { type DataDocument, withHistory } from "../../documents/document.ts";
import { encodeLines, linesOf, readDocumentBytes } from "../../documents/document-file.ts";
import type { Phase } from "../../pipeline/stage.ts";
import { Corpus } from "./corpus.ts";
import type { DedupPlanOptions } from "./options.ts";

export const keep: Phase<DedupPlanOptions> = {
  name: "keep",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, files, put, putDocuments, progress }) {
    using corpus = new Corpus(files);
    const { path } = plan.inputs[task]!;
    const bytes = readDocumentBytes(path);
    const keptOf = readFileSync(files("cluster", ".kept")[task]!.path);
    const signs = corpus.signs(task);
    const exactKeys = signs.exactKeys();
    const lengths = signs.lengths();
    const known = new Map<number, { id: string; exact: Uint32Array }>();
    const kept: Uint8Array[] = [];
    const dropped: DataDocument[] = [];
    const counts = { kept: 0, dropped_exact: 0, dropped_near: 0, dropped_by_chain: 0, kept_characters: 0 };
    let i = 0;
    for (const line of linesOf(bytes)) {
      const own = corpus.firsts[task]! + i;
      const other = keptOf.readUInt32LE(4 * i);
      progress(i);
      if (other === own) {
        kept.push(line);
        counts.kept++;
        counts.kept_characters += lengths[i++]!;
        continue;
      }
      const document = parsed(line, path, i + 1);
      let stays = known.get(other);
      if (stays === undefined) {
        stays = { id: corpus.idOf(other), exact: corpus.exactKeyOf(other) };
        known.set(other, stays);
      }
      const of = stays.id;
      const isEqual = stays.exact.every((word, at) => word === exactKeys[4 * i + at]);
      i++;
      if (isEqual) {
        counts.dropped_exact++;
        dropped.push(withHistory(document, { stage: "dedup", rule: "exact", of, similarity: 1 }));
        continue;
      }
      const similarity = corpus.comparer.similarity(corpus.shinglesOf(own), corpus.shinglesOf(other));
      counts.dropped_near++;
      if (similarity < plan.options.similarity) counts.dropped_by_chain++;
      dropped.push(
        withHistory(document, { stage: "dedup", rule: "near", of, similarity: Math.round(similarity * 1e6) / 1e6 }),
      );
    }
    if (kept.length > 0) put("documents", "documents-0.jsonl.zst", encodeLines(kept), kept.length);
    if (dropped.length > 0) putDocuments("dropped", dropped);
    return counts;
  },
};

function parsed(line: Buffer, path: string, number: number): DataDocument {
  try {
    return JSON.parse(line.toString("utf8")) as DataDocument;
  } catch (cause) {
    throw new LemmaError("LEMMA_E_DATA", { path, line: number, problem: (cause as Error).message }, { cause });
  }
}
