// The phase `cluster`: one task joins all links and chooses the document of each cluster that stays. Owns the choice; takes 13 bytes a
// document.

import { readFileSync } from "node:fs";
import type { Phase } from "../../pipeline/stage.ts";
import { Corpus } from "./corpus.ts";
import { Forest } from "./forest.ts";
import type { DedupPlanOptions } from "./options.ts";
import { bytesOf } from "./pairs.ts";
import { isBetter } from "./phase-exact.ts";

export const cluster: Phase<DedupPlanOptions> = {
  name: "cluster",
  tasks: () => 1,
  run({ files, put, progress }) {
    using corpus = new Corpus(files);
    const forest = new Forest(corpus.documents);
    for (const { path } of [...files("exact", ".equal"), ...files("verify", ".links")]) {
      const bytes = readFileSync(path);
      for (let at = 0; at < bytes.length; at += 8) forest.join(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4));
    }
    const best = new Uint32Array(corpus.documents);
    const bestLength = new Uint32Array(corpus.documents);
    const isSeen = new Uint8Array(corpus.documents);
    const counts = { clusters: 0 };
    for (let file = 0; file < corpus.files; file++) {
      for (const [i, length] of corpus.signs(file).lengths().entries()) {
        const document = corpus.firsts[file]! + i;
        const root = forest.root(document);
        if (isSeen[root] === 0 || isBetter(length, document, bestLength[root]!, best[root]!)) {
          best[root] = document;
          bestLength[root] = length;
        }
        if (isSeen[root]! < 2 && ++isSeen[root]! === 2) counts.clusters++;
      }
    }
    for (let file = 0; file < corpus.files; file++) {
      const first = corpus.firsts[file]!;
      const kept = Uint32Array.from(
        { length: corpus.firsts[file + 1]! - first },
        (_, i) => best[forest.root(first + i)]!,
      );
      put(".kept", `kept-${file}`, bytesOf(kept), kept.length);
      progress(file + 1);
    }
    return counts;
  },
};
