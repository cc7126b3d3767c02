// Users' own rows: JSONL, one object with `messages` a line. Owns reading and checking them; every complaint names the line.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { LemmaError, type Message } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";
import type { RowGroup, TrainingRow } from "./data-source.ts";
import { sfc32, shuffleInPlace } from "./seeded-shuffle.ts";

export interface ResolvedFile {
  kind: "file";
  path: string;
  sha256: string;
  share: number;
  seed: number;
  groups: RowGroup[];
}

const ROLES = ["system", "user", "assistant", "tool"];

export function resolveFile(
  source: { file: string; share: number; name?: string | undefined },
  seed: number,
): ResolvedFile {
  const path = resolve(source.file);
  const bytes = readBytes(path);
  parseRows(bytes.toString("utf8"), path);
  const sha256 = sha256Of(bytes);
  const group: RowGroup = {
    task: source.name ?? source.file,
    cell: null,
    language: null,
    level: null,
    phrasing: null,
    split: null,
    generator: "file",
    version: sha256,
    seed,
  };
  return { kind: "file", path, sha256, share: source.share, seed, groups: [group] };
}

function rowsIn({ path, sha256 }: ResolvedFile) {
  const bytes = readBytes(path);
  if (sha256Of(bytes) !== sha256)
    throw new LemmaError("LEMMA_E_FILE", { path, problem: "changed since shards were made of it" });
  return parseRows(bytes.toString("utf8"), path);
}

/** The row of this index: its line number minus one. */
export function fileRowAt(source: ResolvedFile, index: number): TrainingRow {
  const { messages } = rowsIn(source).find(({ line }) => line === index + 1)!;
  return { messages, group: 0, index };
}

/** Rows in a fresh seeded order each time through the file; a row's index is its line number minus one. */
export function fileRows(source: ResolvedFile): (number: number) => TrainingRow {
  const rows = rowsIn(source);
  const orders = new Map<number, Uint32Array>();
  const orderOf = (pass: number): Uint32Array => {
    let order = orders.get(pass);
    if (order === undefined) {
      order = Uint32Array.from(rows, (_, i) => i);
      shuffleInPlace(order, sfc32(source.seed, `${source.sha256} ${pass}`));
      orders.set(pass, order);
    }
    return order;
  };
  return (number) => {
    const row = rows[orderOf(Math.floor(number / rows.length))[number % rows.length]!]!;
    return { messages: row.messages, group: 0, index: row.line - 1 };
  };
}

/**
 * Parses and checks JSONL rows. Blank lines are passed over; a byte order mark and CRLF are accepted.
 * Throws LEMMA_E_DATA with path, line and what is wrong with it.
 */
export function parseRows(text: string, path: string): { line: number; messages: Message[] }[] {
  const rows: { line: number; messages: Message[] }[] = [];
  text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .forEach((line, index) => {
      if (line.trim() === "") return;
      rows.push({ line: index + 1, messages: parseMessages(line, path, index + 1) });
    });
  if (rows.length === 0) throw new LemmaError("LEMMA_E_DATA", { path, line: 1, problem: "the file holds no rows" });
  return rows;
}

function parseMessages(text: string, path: string, line: number): Message[] {
  const wrong = (problem: string): LemmaError => new LemmaError("LEMMA_E_DATA", { path, line, problem });
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (cause) {
    throw wrong(`not valid JSON: ${(cause as Error).message}`);
  }
  const messages = checkMessages(isObject(row) ? row.messages : undefined, wrong);
  if (!messages.some(({ role, weight }) => role === "assistant" && weight !== 0))
    throw wrong("no assistant turn to learn from");
  return messages;
}

/** The turns of a conversation, checked; throws what `wrong` makes of a problem. */
export function checkMessages(messages: unknown, wrong: (problem: string) => Error): Message[] {
  if (!Array.isArray(messages) || messages.length === 0) throw wrong("expected an object with a list `messages`");
  return messages.map((message: unknown, at): Message => {
    const where = `messages[${at}]`;
    if (!isObject(message)) throw wrong(`${where}: expected an object`);
    const { role, content, reasoning_content: reasoning, weight } = message;
    if (!ROLES.includes(role as string)) {
      throw wrong(`${where}.role: expected ${ROLES.join(", ")}, found ${JSON.stringify(role)}`);
    }
    if (typeof content !== "string")
      throw wrong(`${where}.content: expected a string, found ${JSON.stringify(content)}`);
    if (reasoning !== undefined && typeof reasoning !== "string")
      throw wrong(`${where}.reasoning_content: expected a string`);
    if (weight !== undefined && !(typeof weight === "number" && weight >= 0 && weight <= 1000))
      throw wrong(`${where}.weight: expected a number from 0 to 1000`);
    if (role === "assistant" && weight !== 0 && content.trim() === "")
      throw wrong(`${where}.content: an assistant turn to learn from is empty`);
    return {
      role: role as Message["role"],
      content,
      ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
      ...(weight === undefined ? {} : { weight: weight as number }),
    };
  });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
}
