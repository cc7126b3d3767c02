// The phase `sign`: a task for each input file computes what documents are compared by. Owns what is written; signer.ts computes it.

import { readDocumentBytes } from "../../documents/document-file.ts";
import type { Phase } from "../../pipeline/stage.ts";
import type { DedupPlanOptions } from "./options.ts";
import { bytesOf } from "./pairs.ts";
import { encodeSigns } from "./sign-file.ts";
import { makeSigner, signNext } from "./signer.ts";

/** About how many words of shingles a file holds: 64 MiB. */
const PART_WORDS = 1 << 24;

export const sign: Phase<DedupPlanOptions> = {
  name: "sign",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, put, progress }) {
    const { path } = plan.inputs[task]!;
    const bytes = readDocumentBytes(path);
    using signer = makeSigner(plan.options);
    const firsts: number[] = [];
    for (let at = 0; at < bytes.length; progress(at)) {
      firsts.push(signer.documents);
      at = signNext(path, signer, bytes, at, PART_WORDS);
      const words = signer.takeShingles();
      put(".shingles", `shingles-${firsts.length - 1}`, bytesOf(words), words.length / 2);
    }
    const columns = signer.columns();
    const { lengths, places } = columns;
    put(".signs", "signs", encodeSigns(columns, firsts), lengths.length);
    const counts = { documents: lengths.length, characters: 0, too_short: 0 };
    for (const [i, length] of lengths.entries()) {
      counts.characters += length;
      if (plan.options.near && places[2 * i + 1] === 0) counts.too_short++;
    }
    return counts;
  },
};
