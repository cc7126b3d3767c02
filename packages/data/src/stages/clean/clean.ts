// The stage `clean`: documents are repaired, freed of boilerplate, redacted, identified and filtered. Owns the task: a file of documents
// in, at most one of those that go on and one of those that don't.

import { LemmaError } from "@lemma/protocol";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import type { Stage, StageCounts, TaskContext } from "../../pipeline/stage.ts";
import { Cleaner } from "./clean-document.ts";
import { type CleanOptions, cleanOptions } from "./clean-options.ts";
import { languageIdentifier } from "./text/language.ts";

async function run({ plan, task, putDocuments, progress }: TaskContext<CleanOptions>): Promise<StageCounts> {
  const cleaner = new Cleaner(plan.options, await languageIdentifier());
  const kept: DataDocument[] = [];
  const dropped: DataDocument[] = [];
  const sums: Record<string, number> = {};
  for (const [number, original] of readDocuments(plan.inputs[task]!.path).entries()) {
    const { document, isKept, counts } = cleaner.clean(original);
    (isKept ? kept : dropped).push(document);
    for (const [name, count] of Object.entries({ ...counts, [`language_${document.language}`]: 1 }))
      sums[name] = (sums[name] ?? 0) + count;
    progress(number + 1);
  }
  if (kept.length > 0) putDocuments("documents", kept);
  if (dropped.length > 0) putDocuments("dropped", dropped);
  const names = Object.keys(sums).sort();
  return {
    documents: kept.length,
    dropped: dropped.length,
    ...Object.fromEntries(names.map((name) => [name, sums[name]!])),
  };
}

/** Repairs, redacts and filters documents. */
export const clean: Stage<CleanOptions> = {
  name: "clean",
  version: "1",
  summary: "Repair text, take out boilerplate, personal data and secrets, drop poor documents",
  about:
    "Mends Unicode, takes out lines of menus and banners, replaces personal data and secrets by placeholders such as <EMAIL>, and says\n" +
    "which language a document is in. A preset drops documents by published rules; each goes aside with the rule and the value.",
  example: {
    line: "lemma data clean --in run/01-ingest --preset fineweb --languages en,zh --out run/02-clean",
    shows: "how many documents were repaired, redacted and dropped, by rule",
  },
  reads: "documents",
  options: cleanOptions,
  resolve(options) {
    for (const code of options.languages)
      if (!/^(?:[a-z]{2}|unknown)$/.test(code))
        throw new LemmaError("LEMMA_E_OPTION", {
          option: "languages",
          expected: "ISO 639-1 codes of two letters, or unknown",
          found: code,
        });
    return options;
  },
  phases: [{ name: "clean", tasks: ({ plan }) => plan.inputs.length, run }],
};
