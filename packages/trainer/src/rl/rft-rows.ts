// Which replies to a problem are worth learning from, and the training rows that they become. Owns the choice; asks nobody.

import { hash } from "node:crypto";
import type { DatasetRow, Message } from "@lemma/protocol";
import type { UnjudgedReply } from "./judge.ts";
import type { RlProblem } from "./problems.ts";
import { type JudgedReply, type Reward, rewardOf } from "./reward.ts";
import type { RolloutReply } from "./rollouts.ts";

/** A row of rows.jsonl: `messages` is what is trained on, the rest says where it came from. */
export interface RftRow {
  id: string;
  task: string;
  level: number;
  language: DatasetRow["language"];
  key: string;
  messages: Message[];
  answer: string;
  /** `reply`: sampled, its number among the replies; `reference`: the gym's solution of a problem that no reply solved. */
  origin: { kind: "reply"; problem: number; reply: number } | { kind: "reference"; problem: number };
  source: DatasetRow["source"];
}

/** What became of the replies to one problem. */
export interface RftCounts {
  problems: number;
  replies: number;
  /** Answer right; answer right and every line true, in the right form; different ones that were kept. */
  right: number;
  sound: number;
  kept: number;
  /** Problems without a sound reply, whose reference was added. */
  mined: number;
  /** Replies that the verifier failed on. */
  unjudged: number;
  /** Sampled tokens. */
  tokens: number;
}

export const noCounts = (): RftCounts => ({
  problems: 0,
  replies: 0,
  right: 0,
  sound: 0,
  kept: 0,
  mined: 0,
  unjudged: 0,
  tokens: 0,
});

const STRICT = { answer: 1, steps: 0, format: 0, length: 0, strict: true };

/**
 * The rows of one problem: its sound replies, each text once, the shortest first, at most `keep`; the gym's solution where there are none
 * and `mine` says so.
 */
export function rowsOfProblem(
  problem: RlProblem,
  replies: readonly RolloutReply[],
  judged: readonly (JudgedReply | UnjudgedReply)[],
  settings: { keep: number; mine: boolean; maxTokens: number },
): { rows: RftRow[]; counts: RftCounts; passed: number } {
  const counts = { ...noCounts(), problems: 1, replies: replies.length };
  const sound = new Map<string, { reply: RolloutReply; at: number }>();
  for (const [at, reply] of replies.entries()) {
    counts.tokens += reply.tokens.length;
    const one = judged[at]!;
    if ("error" in one) {
      counts.unjudged++;
      continue;
    }
    const reward: Reward = rewardOf(one, STRICT, settings.maxTokens);
    if (reward.isRight) counts.right++;
    if (!reward.passes || one.formatFault !== undefined) continue;
    counts.sound++;
    const text = `${reply.reasoning}\n</think>${reply.text}`;
    if (!sound.has(text)) sound.set(text, { reply, at });
  }
  const kept = [...sound.values()].sort((a, b) => a.reply.tokens.length - b.reply.tokens.length || a.at - b.at);
  const rows = kept.slice(0, settings.keep).map(({ reply, at }) => {
    const said: Message = { role: "assistant", content: reply.text, reasoning_content: reply.reasoning };
    return rowOf(problem, said, { kind: "reply", problem: problem.number, reply: at });
  });
  counts.kept = rows.length;
  if (rows.length === 0 && settings.mine && counts.unjudged < replies.length) {
    rows.push(rowOf(problem, problem.row.messages.at(-1)!, { kind: "reference", problem: problem.number }));
    counts.mined = 1;
  }
  return { rows, counts, passed: counts.sound };
}

function rowOf({ row, draw }: RlProblem, said: Message, origin: RftRow["origin"]): RftRow {
  const messages = [...row.messages.filter(({ role }) => role !== "assistant"), said];
  const { language, key, answer, source } = row;
  const rest = { task: draw.task, level: draw.level, language, key, messages, answer, origin, source };
  return { id: hash("sha256", JSON.stringify(rest), "hex").slice(0, 16), ...rest };
}
