// The phase `sign`: a task for each input file computes what documents are compared by. Owns the order of the computation.

import { createHash } from "node:crypto";
import { readDocuments } from "../../documents/document-file.ts";
import type { Phase } from "../../pipeline/stage.ts";
import { MinHasher } from "./minhash.ts";
import { exactForm, normalForm } from "./normal-form.ts";
import type { DedupPlanOptions } from "./options.ts";
import { bytesOf } from "./pairs.ts";
import { shingles } from "./shingles.ts";
import { encodeSigns, type SignedDocument } from "./sign-file.ts";

/** About how many words of shingles a file holds: 64 MiB. */
const PART_WORDS = 1 << 24;

/** The first 16 bytes of SHA-256 over the exact form in UTF-16, as 4 words. */
function exactKey(exact: string): Uint32Array {
  const digest = createHash("sha256").update(Buffer.from(exact, "utf16le")).digest();
  return Uint32Array.from({ length: 4 }, (_, i) => digest.readUInt32LE(4 * i));
}

export const sign: Phase<DedupPlanOptions> = {
  name: "sign",
  tasks: ({ plan }) => plan.inputs.length,
  run({ plan, task, put, progress }) {
    const { near, unit, size, bands, rows, seed } = plan.options;
    const hasher = new MinHasher({ bands, rows }, seed);
    const noKeys = new Uint32Array(2 * bands);
    const none = new Uint32Array();
    const signed: SignedDocument[] = [];
    const counts = { documents: 0, characters: 0, too_short: 0 };
    const firsts: number[] = [];
    let held: Uint32Array[] = [];
    let words = 0;
    let isOpen = false;
    const flush = (): void => {
      const all = new Uint32Array(words);
      let at = 0;
      for (const one of held) {
        all.set(one, at);
        at += one.length;
      }
      put(".shingles", `shingles-${firsts.length - 1}`, bytesOf(all), words / 2);
      held = [];
      words = 0;
      isOpen = false;
    };
    for (const { id, text } of readDocuments(plan.inputs[task]!.path)) {
      const normal = normalForm(text);
      const own = near ? shingles(normal, { unit, size }) : none;
      if (!isOpen) firsts.push(signed.length);
      isOpen = true;
      signed.push({
        id,
        length: text.length,
        exact: exactKey(exactForm(normal)),
        bandKeys: own.length === 0 ? noKeys : hasher.bandKeys(own),
        start: words / 2,
        shingles: own.length / 2,
      });
      held.push(own);
      words += own.length;
      counts.documents++;
      counts.characters += text.length;
      if (near && own.length === 0) counts.too_short++;
      if (words >= PART_WORDS) flush();
      progress(counts.documents);
    }
    if (isOpen) flush();
    put(".signs", "signs", encodeSigns(signed, near ? bands : 0, firsts), signed.length);
    return counts;
  },
};
