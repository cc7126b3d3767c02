// Dresses a row as a conversation: a system prompt before it, earlier questions with their answers before its own, noise in its
// question (noise.ts), a step that is taken back in its reasoning (retry.ts). Owns the shares and the choice; everything is decided by the row's own seed and index, so the same row is dressed the same way everywhere.
// The row's question stays the last one, and its answer as it is. Earlier answers have weight 0 and no thought (the chat template drops earlier thoughts).

import type { DatasetRow, Language, Message } from "@lemma/protocol";
import { generateRow } from "./generate.ts";
import { disturbPassages } from "./noise.ts";
import { Random } from "./random.ts";
import { familyById } from "./registry.ts";
import { withRetry } from "./retry.ts";
import { SYSTEM_PROMPTS } from "./system-prompts.ts";

/** Shares of rows with a system prompt, with earlier questions before their own, and with meaningless words in their question. */
export interface ConversationShares {
  readonly system: number;
  readonly followUp: number;
  readonly noise: number;
  /** Share of rows whose reasoning has a wrong step that is taken back; 0 where left out. */
  readonly retry?: number;
}

export const CONVERSATION_SHARES: ConversationShares = Object.freeze({ system: 0.2, followUp: 0.1, noise: 0.4 });

/** How often a follow-up has two questions before it, and how often the system prompt is in the other language. */
const TWO_EARLIER = 0.2;
const OTHER_LANGUAGE = 0.25;

/**
 * The messages of a row, dressed. `tasks` are the families that earlier questions may come from (left out, the row's own and
 * `about`). Shares of 0 return the row's messages as they are.
 * @example
 * converse(row, { system: 1, followUp: 0, noise: 0 }).map(({ role }) => role); // ["system", "user", "assistant"]
 */
export function converse(
  row: DatasetRow,
  shares: ConversationShares = CONVERSATION_SHARES,
  tasks: readonly string[] = ["about"],
): Message[] {
  const { seed, index } = row.source;
  const random = Random.fromSeed(seed).split("conversation").split(row.task).split(row.level).split(index);
  const messages: Message[] = [];
  // Each choice has its own stream: one share does not move the choices of the other.
  const system = random.split("system");
  if (system.chance(shares.system)) {
    const other: Language = row.language === "en" ? "zh" : "en";
    const content = system.pick(SYSTEM_PROMPTS[system.chance(OTHER_LANGUAGE) ? other : row.language]);
    messages.push({ role: "system", content });
  }
  const followUp = random.split("follow-up");
  if (followUp.chance(shares.followUp))
    for (let left = followUp.chance(TWO_EARLIER) ? 2 : 1; left > 0; left--)
      messages.push(...earlier(row, tasks, followUp));
  const own = noisyTurns(row, shares.noise, random.split("noise"));
  const retry = random.split("retry");
  const [question, reply, ...rest] = own;
  if (reply === undefined || !retry.chance(shares.retry ?? 0)) return [...messages, ...own];
  return [...messages, question!, withRetry(question!.content, reply, row.task, retry), ...rest];
}

/** The row's own turns, its question disturbed in a share of rows. */
function noisyTurns(row: DatasetRow, share: number, noise: Random): Message[] {
  const { carriers, names, keepsGlue } = familyById(row.task);
  if (carriers === "none" || !noise.chance(share)) return row.messages;
  const [question, ...rest] = row.messages;
  const thought = rest[0]?.reasoning_content?.split("\n") ?? [];
  const repeated = thought.filter((line) => isWords(line) && question!.content.includes(line));
  const noisy = disturbPassages(question!.content, repeated, row.language, noise, names?.[row.language], keepsGlue);
  const lines = thought.map((line) => noisy.passages[repeated.indexOf(line)] ?? line);
  const answer = { ...rest[0]!, ...(thought.length > 0 && { reasoning_content: lines.join("\n") }) };
  return [{ ...question!, content: noisy.question }, answer, ...rest.slice(1)];
}

/** Whether a line is words: no formula, no code, no label. */
const isWords = (line: string) => /^[\p{L} ,，']{4,}$/u.test(line);

/** A question of the row's split and language, with its answer. */
function earlier(row: DatasetRow, tasks: readonly string[], random: Random): Message[] {
  const task = random.chance(0.4) ? row.task : random.pick(tasks);
  const family = familyById(task);
  const level = task === row.task ? row.level : family.defaultLevel;
  const options = {
    task,
    level,
    language: row.language,
    split: row.split,
    seed: row.source.seed,
    index: random.uint32(),
  };
  const [question, answer] = generateRow(options).messages;
  return [
    { role: "user", content: question!.content },
    { role: "assistant", content: answer!.content, weight: 0 },
  ];
}
