// The items of evaluation sets: people's files, and the gym's held-out rows. Owns what of a record is the item's text and its id.

import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { families, familyById, generateRow, LANGUAGES } from "@lemma/gym";
import { LemmaError } from "@lemma/protocol";
import { sha256Of } from "../../digest.ts";
import { linesOf } from "../ingest/lines.ts";
import { unpackedBytes, unpackedName, wholeBytes } from "../ingest/unpack.ts";

/** A set that documents are checked against. */
export interface EvaluationSet {
  /** The file's name, with a number behind it where two files share it; `gym` for the gym's held-out rows. */
  name: string;
  /** SHA-256 of the file; of the gym, of its families' ids and versions. */
  sha256: string;
}

/** One text that no document may contain. */
export interface EvaluationItem {
  /** `<set>#<the record's id, else its line>`. */
  id: string;
  set: string;
  text: string;
}

/** The gym's set. */
export const GYM_SET = "gym";

/** An evaluation file may unpack to this many bytes, a line of it to MOST_LINE. */
const MOST_BYTES = 2 ** 32;
const MOST_LINE = 1 << 26;

const isRecords = (name: string): boolean => /\.(?:jsonl|ndjson)$/i.test(unpackedName(name));
const isText = (name: string): boolean => /\.(?:txt|text|md|markdown)$/i.test(unpackedName(name));

/** Spells out files, folders and patterns, sorted. Throws LEMMA_E_FILE where one leads nowhere. */
export function evaluationFiles(paths: readonly string[], base: string): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const full = resolve(base, path);
    const stats = statSync(full, { throwIfNoEntry: false });
    const names = stats?.isFile()
      ? [full]
      : (stats?.isDirectory()
          ? globSync("**/*", { cwd: full }).map((name) => join(full, name))
          : globSync(path, { cwd: base }).map((name) => resolve(base, name))
        ).filter((name) => (isRecords(name) || isText(name)) && statSync(name).isFile());
    if (names.length === 0 || names.some((name) => !isRecords(name) && !isText(name)))
      throw new LemmaError("LEMMA_E_FILE", {
        path: full,
        problem: "expected evaluation files: .jsonl, .ndjson, .txt or .md, as they are or as .gz or .zst",
      });
    for (const name of names) found.add(name);
  }
  return [...found].sort();
}

/** The sets of files and of the gym, with digests. */
export function evaluationSets(files: readonly string[], tasks: readonly string[]): EvaluationSet[] {
  const names = files.map((file) => basename(file));
  const sets = files.map((file, i) => {
    const earlier = names.slice(0, i).filter((name) => name === names[i]).length;
    const name = earlier === 0 ? names[i]! : `${names[i]!} (${earlier + 1})`;
    return { name, sha256: createHash("sha256").update(readFileSync(file)).digest("hex") };
  });
  if (tasks.length === 0) return sets;
  const versions = tasks.map((task) => `${task} ${familyById(task).version}\n`).join("");
  return [...sets, { name: GYM_SET, sha256: sha256Of(versions) }];
}

/** The items of a file, and how many of its records had none. Throws LEMMA_E_FILE. */
export async function readItems(
  path: string,
  set: string,
  fields: readonly string[],
): Promise<{ items: EvaluationItem[]; unread: number }> {
  const bytes = unpackedBytes(path, MOST_BYTES);
  const items: EvaluationItem[] = [];
  if (!isRecords(path)) {
    const text = new TextDecoder("utf-8").decode(await wholeBytes(bytes, path, MOST_LINE));
    return { items: [{ id: `${set}#1`, set, text }], unread: 0 };
  }
  let unread = 0;
  for await (const line of linesOf(bytes, MOST_LINE)) {
    if (line.bytes?.length === 0) continue;
    const record = line.bytes === undefined ? undefined : parsed(line.bytes);
    const text = textOf(record, fields);
    if (text === undefined) unread++;
    else items.push({ id: `${set}#${idOf(record) ?? line.number}`, set, text });
  }
  return { items, unread };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function idOf(record: unknown): string | undefined {
  const { id, task_id } = (typeof record === "object" ? record : {}) as Record<string, unknown>;
  const found = id ?? task_id;
  return typeof found === "string" || typeof found === "number" ? String(found).slice(0, 200) : undefined;
}

/** The last user's turn of a conversation, or the first field of the list that is a text; a line may be a text itself. */
function textOf(record: unknown, fields: readonly string[]): string | undefined {
  if (typeof record === "string") return record;
  if (typeof record !== "object" || record === null) return undefined;
  const { messages } = record as { messages?: unknown };
  if (Array.isArray(messages)) {
    const turn = messages.findLast((one: unknown) => (one as { role?: unknown } | null)?.role === "user") as
      | { content?: unknown }
      | undefined;
    if (typeof turn?.content === "string") return turn.content;
  }
  for (const field of fields) {
    const value = (record as Record<string, unknown>)[field];
    if (typeof value === "string") return value;
  }
  return undefined;
}

/** The tasks that a person named, or all. Throws LEMMA_E_TASK. */
export const gymTasks = (named: readonly string[]): string[] =>
  named.length === 0 ? families().map(({ id }) => id) : named.map((id) => familyById(id).id);

/**
 * Held-out problems of the gym's families, `count` of each: in both languages, in trained and in held-out wordings by turns. Families
 * that hold no problem out give questions in held-out wordings only.
 */
export function gymItems(tasks: readonly string[], count: number, seed: number): EvaluationItem[] {
  const items: EvaluationItem[] = [];
  for (const task of tasks) {
    const hasHeldOut = holdsOut(task, seed);
    for (let index = 0; index < count; index++) {
      const language = LANGUAGES[index % LANGUAGES.length]!;
      const isTrained = hasHeldOut && (index >> 1) % 2 === 0;
      const { id, messages } = generateRow({
        task,
        language,
        seed,
        index,
        phrasing: isTrained ? "trained" : "heldout",
        ...(hasHeldOut ? { split: "heldout" } : {}),
      });
      items.push({ id: `${GYM_SET}#${task}-${id}`, set: GYM_SET, text: messages[0]!.content });
    }
  }
  return items;
}

/** Whether a family holds problems out; one with few problems may not. */
export function holdsOut(task: string, seed: number): boolean {
  try {
    generateRow({ task, seed, index: 0, split: "heldout" });
    return true;
  } catch (error) {
    if (LemmaError.isInstance(error) && error.code === "LEMMA_E_OPTION") return false;
    throw error;
  }
}
