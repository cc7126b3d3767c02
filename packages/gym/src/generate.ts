// Dataset rows from families: owns the order of draws, the split, and the row's identity (docs/contracts.md, "Dataset row").
// Knows no family. The law: row (task, level, seed, index) with the language, split and phrasing that it got is made again,
// byte for byte, by asking for exactly these; every choice has its own random stream, so asking for one changes no other.

import { hash } from "node:crypto";
import { type DatasetRow, type Language, LemmaError, type Split } from "@lemma/protocol";
import { carry } from "./carriers.ts";
import { type Family, type PhrasingId, phrasingsOf } from "./family.ts";
import { Random } from "./random.ts";
import { familyById } from "./registry.ts";
import { splitOf } from "./split.ts";

const GENERATOR = "lemma-gym";
/** The languages that every family speaks. */
export const LANGUAGES: readonly Language[] = ["en", "zh"];
/** A split or a cell that no draw of this many meets doesn't exist in the family. */
const ATTEMPTS = 20_000;

/** What rows to make. Left out: the default level, both languages evenly, any split, trained phrasings. */
export interface GenerateOptions {
  task: string;
  level?: number;
  language?: Language;
  seed: number;
  split?: Split;
  phrasing?: "trained" | "heldout" | PhrasingId;
  /** Only problems of this cell. */
  cell?: string;
}

/** Which rows of the endless sequence. */
export interface GenerateRange {
  count?: number;
  start?: number;
  distinct?: boolean;
}

/**
 * The row with the given index (0 and up). Throws LEMMA_E_TASK for an unknown task, LEMMA_E_OPTION for a wrong option.
 * @example
 * generateRow({ task: "multiplication", seed: 7, index: 0, language: "en", split: "heldout" }).messages[0].content;
 */
export function generateRow(options: GenerateOptions & { index: number }): DatasetRow {
  return makeRow(familyById(options.task), checked(options), options.index).row;
}

/**
 * Rows 0, 1, 2, … in order, made as they are asked for. `start` skips rows without making them. With `distinct`, rows whose
 * key came before are left out (they keep their index), and the iteration ends when new keys have run out.
 * @example
 * for (const row of generate({ task: "derivatives", seed: 1, count: 500, split: "heldout", distinct: true })) …
 */
export function* generate(options: GenerateOptions & GenerateRange): Generator<DatasetRow, void, undefined> {
  for (const { row } of generateWithCells(options)) yield row;
}

/** As `generate`, with the cell of each row, in which its score is reported. */
export function* generateWithCells(
  options: GenerateOptions & GenerateRange,
): Generator<{ row: DatasetRow; cell: string }, void, undefined> {
  const { count = Number.POSITIVE_INFINITY, start = 0, distinct = false } = options;
  const family = familyById(options.task);
  const resolved = checked(options);
  const seen = new Set<string>();
  let fruitless = 0;
  for (let index = start, made = 0; made < count && fruitless < ATTEMPTS; index++) {
    if (distinct) {
      const key = drawProblem(family, resolved, index).key;
      if (seen.has(key)) {
        fruitless++;
        continue;
      }
      seen.add(key);
      fruitless = 0;
    }
    yield makeRow(family, resolved, index);
    made++;
  }
}

type Resolved = GenerateOptions & { level: number; phrasing: "trained" | "heldout" | PhrasingId; stream: Random };

function checked(options: GenerateOptions): Resolved {
  const family = familyById(options.task);
  const { level = family.defaultLevel, phrasing = "trained", seed } = options;
  const wrong = (option: string, expected: string, found: unknown) =>
    new LemmaError("LEMMA_E_OPTION", { option, expected, found: String(found) });
  if (!Number.isInteger(level) || level < 1 || level > family.levels)
    throw wrong("level", `1 to ${family.levels} (${family.id})`, level);
  if (!Number.isSafeInteger(seed) || seed < 0) throw wrong("seed", "a whole number from 0 to 2^53 - 1", seed);
  if (options.language !== undefined && !LANGUAGES.includes(options.language))
    throw wrong("language", "en or zh", options.language);
  if (options.split !== undefined && options.split !== "train" && options.split !== "heldout")
    throw wrong("split", "train or heldout", options.split);
  if (phrasingsOf(family, "en", phrasing).length === 0) throw wrong("phrasing", "trained, heldout or an id", phrasing);
  if (options.cell !== undefined && !family.cells(level).includes(options.cell))
    throw wrong("cell", family.cells(level).join(", "), options.cell);
  return { ...options, level, phrasing, stream: Random.fromSeed(seed).split(family.id).split(level) };
}

function drawProblem(family: Family, options: Resolved, index: number) {
  const stream = options.stream.split(index);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const problem = family.draw(stream.split(attempt), options.level);
    if (options.cell !== undefined && family.cell(problem) !== options.cell) continue;
    const key = `${family.id} ${family.key(problem)}`;
    const split = splitOf(key);
    if (options.split === undefined || options.split === split) return { problem, key, split, stream };
  }
  throw new LemmaError("LEMMA_E_OPTION", {
    option: "split",
    expected: `a split that level ${options.level} of ${family.id} has`,
    found: `${options.split}${options.cell === undefined ? "" : ` in cell ${options.cell}`}`,
  });
}

function makeRow(family: Family, options: Resolved, index: number): { row: DatasetRow; cell: string } {
  const { problem, key, split, stream } = drawProblem(family, options, index);
  const language = options.language ?? stream.split("language").pick(LANGUAGES);
  const wording = stream.split("phrasing");
  const phrasing = wording.pick(phrasingsOf(family, language, options.phrasing));
  const words = stream.split("words");
  const question = phrasing.render(problem, words);
  const heldOut = phrasing.id.startsWith("heldout");
  const carriers = stream.split("carriers");
  const prompt =
    family.carriers === "none"
      ? question
      : carry(question, language, heldOut, carriers, family.carriers === "keep-case");
  const answer = family.answer(problem, language);
  const row = {
    task: family.id,
    level: options.level,
    language,
    key,
    split,
    phrasing: phrasing.id,
    messages: [
      { role: "user" as const, content: prompt },
      {
        role: "assistant" as const,
        content: family.reply?.(problem, language) ?? `\\boxed{${answer}}`,
        reasoning_content: family.trace(problem, language, question).join("\n"),
      },
    ],
    answer,
    verifier: family.verifier(problem, language),
    source: { generator: GENERATOR, version: family.version, seed: options.seed, index },
  };
  const id = hash("sha256", JSON.stringify(row), "hex").slice(0, 16);
  return { row: { id, ...row }, cell: family.cell(problem) };
}
