// The sources of a mixture as people write them, and what they come to. Owns the schema and the pin: a digest of all that decides the
// rows and stands outside the options.

import { resolve } from "node:path";
import { LANGUAGES } from "@lemma/gym";
import { LemmaError } from "@lemma/protocol";
import { z } from "zod";
import { sha256Of } from "../../digest.ts";
import { type DataSource, type ResolvedSource, resolveSource } from "../../shards/data-source.ts";
import { loadBpe, tokenizerHash } from "../../tokenizer/tokenizer-folder.ts";
import type { MixOptions } from "./mix.ts";

const shareSchema = z.number().positive().default(1);

/** A source: `ordering=2`, `./rows.jsonl`, or an object, which can say more. */
export const sourceSchema = z.union([
  z.string().min(1),
  z.strictObject({
    gym: z.string(),
    share: shareSchema,
    levels: z.array(z.int().positive()).nonempty().optional(),
    languages: z.array(z.enum(LANGUAGES)).nonempty().optional(),
    /** Share of rows whose reasoning has a wrong step that `[BACK]` takes back. */
    retry: z.number().min(0).max(1).optional(),
  }),
  z.strictObject({
    file: z.string(),
    share: shareSchema,
    /** What the file is called in index.json: as it was written, so that no absolute path decides a byte. */
    name: z.string().optional(),
  }),
]);

type Source = z.infer<typeof sourceSchema>;

/** `ordering=2` as an object; what looks like a path or ends in .jsonl is a file. */
function parseSource(source: Source): Exclude<Source, string> {
  if (typeof source !== "string") return source;
  const at = source.lastIndexOf("=");
  const name = at < 0 ? source : source.slice(0, at);
  const share = at < 0 ? 1 : Number(source.slice(at + 1));
  if (!(share > 0))
    throw new LemmaError("LEMMA_E_OPTION", { option: "sources", expected: "a share above 0 after =", found: source });
  return /[/\\]|\.jsonl$/.test(name) ? { file: name, share } : { gym: name, share };
}

/** A source with the file's own name instead of its place. */
export function sourceAsWritten(source: Source): DataSource {
  const parsed = parseSource(source);
  if ("file" in parsed) return { file: parsed.name ?? parsed.file, share: parsed.share };
  return parsed as DataSource;
}

/** The options with absolute paths and the pin. Throws LEMMA_E_TASK, LEMMA_E_DATA (a bad row), LEMMA_E_FILE, LEMMA_E_OPTION. */
export function pinnedSources(given: MixOptions, base: string): MixOptions {
  const sources = given.sources.map((source) => {
    const parsed = parseSource(source);
    if (!("file" in parsed)) return parsed;
    return { file: resolve(base, parsed.file), share: parsed.share, name: parsed.name ?? parsed.file };
  });
  const options = { ...given, sources: sources as MixOptions["sources"], tokenizer: resolve(base, given.tokenizer) };
  const found = pinOf(options);
  if (given.pinned !== "" && given.pinned !== found)
    throw new LemmaError("LEMMA_E_OPTION", { option: "pinned", expected: given.pinned, found });
  return { ...options, pinned: found };
}

const resolveAll = ({ sources, seed, conversations }: MixOptions): ResolvedSource[] => {
  const parsed = sources.map(parseSource);
  const tasks = parsed.flatMap((source) => ("gym" in source ? [source.gym] : []));
  const context = { seed, split: "train", phrasing: "trained", conversations, tasks } as const;
  return parsed.map((source) => resolveSource(source as DataSource, context));
};

const pinOf = (options: MixOptions): string =>
  sha256Of(
    JSON.stringify([
      tokenizerHash(options.tokenizer),
      ...resolveAll(options).map((source) => (source.kind === "gym" ? source.version : source.sha256)),
    ]),
  );

/** The sources and the tokenizer of pinned options. Throws LEMMA_E_FILE where they have changed since. */
export function resolvedSources(options: MixOptions) {
  const found = pinOf(options);
  if (found !== options.pinned)
    throw new LemmaError("LEMMA_E_FILE", {
      path: options.tokenizer,
      problem: `the tokenizer, the gym or a file of the mixture has changed since the stage began: expected ${options.pinned}, found ${found}`,
    });
  const tokenizer = { sha256: tokenizerHash(options.tokenizer), size: loadBpe(options.tokenizer).size };
  return { sources: resolveAll(options), tokenizer };
}
