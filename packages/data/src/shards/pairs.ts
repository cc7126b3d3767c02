// Preference pairs: JSONL rows with a prompt, a chosen and a rejected reply → one shard whose documents 2i and 2i + 1 are a
// pair. Owns the rows' form and its faults; every complaint names the line.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { LemmaError, type Message } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";
import { putFile } from "../put-file.ts";
import { loadBpe, tokenizerHash } from "../tokenizer/tokenizer-folder.ts";
import { documentsOf } from "./document.ts";
import { checkMessages } from "./file-source.ts";
import { ShardColumns, shardFiles } from "./shard-files.ts";
import { readShardIndexSync, type ShardIndex } from "./shard-index.ts";

/** A prompt that ends with the user or a tool, and two replies to it. */
export interface PreferencePair {
  line: number;
  messages: Message[];
  chosen: Message;
  rejected: Message;
}

const FIELDS = ["id", "task", "source", "messages", "chosen", "rejected"];
const REPLY_FIELDS = ["role", "content", "reasoning_content"];

/**
 * Parses and checks JSONL pairs. Blank lines are passed over.
 * @throws LEMMA_E_DATA with path, line and what is wrong with it.
 * @example parsePairs('{"messages":[{"role":"user","content":"2+2?"}],"chosen":{"content":"4"},"rejected":{"content":"5"}}', "pairs.jsonl");
 */
export function parsePairs(text: string, path: string): PreferencePair[] {
  const pairs: PreferencePair[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() !== "") pairs.push(parsePair(line, path, index + 1));
  }
  if (pairs.length === 0) throw new LemmaError("LEMMA_E_DATA", { path, line: 1, problem: "the file holds no pairs" });
  return pairs;
}

function parsePair(text: string, path: string, line: number): PreferencePair {
  const wrong = (problem: string): LemmaError => new LemmaError("LEMMA_E_DATA", { path, line, problem });
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (cause) {
    throw wrong(`not valid JSON: ${(cause as Error).message}`);
  }
  if (!isObject(row)) throw wrong("expected an object with messages, chosen and rejected");
  refuseOthers(row, FIELDS, "", wrong);
  const messages = checkMessages(row.messages, wrong);
  for (const [at, { weight }] of messages.entries())
    if (weight !== undefined) throw wrong(`messages[${at}].weight: expected none, a prompt is not learned`);
  const last = messages.at(-1)!.role;
  if (last !== "user" && last !== "tool")
    throw wrong(`messages: expected a user's or a tool's turn at the end, found ${last}`);
  const [chosen, rejected] = (["chosen", "rejected"] as const).map((name) => reply(row[name], name, wrong)) as [
    Message,
    Message,
  ];
  if (chosen.content === rejected.content && chosen.reasoning_content === rejected.reasoning_content)
    throw wrong("chosen and rejected are the same: there is nothing to prefer");
  // Earlier assistant turns are context.
  const context = messages.map((message) => (message.role === "assistant" ? { ...message, weight: 0 } : message));
  return { line, messages: context, chosen, rejected };
}

function reply(value: unknown, name: string, wrong: (problem: string) => LemmaError): Message {
  if (!isObject(value)) throw wrong(`${name}: expected an object with content`);
  refuseOthers(value, REPLY_FIELDS, `${name}.`, wrong);
  if (value.role !== undefined && value.role !== "assistant")
    throw wrong(`${name}.role: expected assistant, found ${JSON.stringify(value.role)}`);
  return checkMessages([{ ...value, role: "assistant" }], (problem) => wrong(problem.replace("messages[0]", name)))[0]!;
}

function refuseOthers(
  value: Record<string, unknown>,
  known: readonly string[],
  where: string,
  wrong: (problem: string) => LemmaError,
): void {
  const other = Object.keys(value).find((field) => !known.includes(field));
  if (other !== undefined) throw wrong(`${where}${other}: unknown field; known: ${known.join(", ")}`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export interface WritePairsOptions {
  /** JSONL of preference pairs. */
  file: string;
  /** Folder with tokenizer.json. */
  tokenizer: string;
  /** Folder for the shard; made if missing. */
  out: string;
  /** A pair with a longer document is left out and counted. Tokens. */
  contextLength: number;
}

/**
 * Writes the pairs of a file as one shard and returns its index; a finished folder of the same pairs is returned as it is.
 * @throws LEMMA_E_DATA (a bad row, or no pair that fits), LEMMA_E_FILE, LEMMA_E_TOKENIZER.
 * @example writePairs({ file: "pairs.jsonl", tokenizer: "models/tokenizer", out: "run/pairs/0", contextLength: 1024 });
 */
export function writePairs(options: WritePairsOptions): ShardIndex {
  const { contextLength } = options;
  const path = resolve(options.file);
  const text = readText(path);
  const tokenizer = { sha256: tokenizerHash(options.tokenizer), size: 0 };
  const version = sha256Of(text);
  const plan = sha256Of(JSON.stringify({ format: "pairs 1", version, tokenizer: tokenizer.sha256, contextLength }));
  const folder = resolve(options.out);
  if (existsSync(join(folder, "index.json"))) {
    const index = readShardIndexSync(folder);
    if (index.plan === plan) return index;
  }
  const bpe = loadBpe(options.tokenizer);
  const columns = new ShardColumns(bpe.size > 65_536);
  for (const { line, messages, chosen, rejected } of parsePairs(text, path)) {
    const documents = [chosen, rejected].map((one) => documentsOf([...messages, one], bpe)[0]!);
    if (documents.some(({ tokens }) => tokens.length > contextLength)) columns.skipped++;
    else for (const { tokens, learned } of documents) columns.add(tokens, learned, 0, line - 1);
  }
  if (columns.length === 0) {
    const problem = `no pair fits into the context of ${contextLength} tokens`;
    throw new LemmaError("LEMMA_E_DATA", { path, line: 1, problem });
  }
  mkdirSync(folder, { recursive: true });
  rmSync(join(folder, "index.json"), { force: true });
  const { files, entry, groups } = shardFiles("00000", columns.arrays());
  for (const [name, bytes] of files) putFile(join(folder, name), bytes);
  const { documents, tokens, lossTokens, longest, skipped } = entry;
  const none = { cell: null, language: null, level: null, phrasing: null, split: null };
  const index: ShardIndex = {
    format: "lemma-shards",
    version: 1,
    plan,
    tokenizer: { ...tokenizer, size: bpe.size },
    seed: 0,
    ...{ documents, tokens, lossTokens, longest, skipped },
    recipe: { pairs: options.file, contextLength },
    groups: [{ task: options.file, ...none, generator: "pairs", version, seed: 0, ...groups[0]! }],
    shards: [entry],
  };
  putFile(join(folder, "index.json"), `${JSON.stringify(index, null, 1)}\n`);
  return index;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
}
