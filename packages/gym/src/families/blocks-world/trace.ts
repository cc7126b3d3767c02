// The search as lines of reasoning. Owns their notation; must not know wordings.
//
//   A: table, goal C, wrong            each block, from the bottom up: what it stands on now, in the goal, and so whether it is right
//   B: A, goal A, A wrong, wrong       on the right block it is right only if that one is
//   wrong: 1 A, 2 B                    the wrong blocks counted: each needs a move
//   limit: 2                           the moves that may be made; where the least number is asked, one more after another
//   B>table: A | B | C; wrong A B; left 2-1=1      a move, the stacks, the blocks still wrong, and the moves left: too few, so it is taken back
//   [BACK]
//   plan: B>table, A>C, B>A            the moves that stand; `plan: none` where the limit does not suffice
//   moves: 3                           where the least number is asked

import type { Language } from "@lemma/protocol";
import { BACK } from "../../back.ts";
import { below, type Move, type Puzzle, type Stacks, wrongBlocks } from "./blocks.ts";
import { search } from "./search.ts";

/** The words of the lines. */
export const WORDS = {
  en: {
    table: "table",
    goal: "goal",
    right: "right",
    wrong: "wrong",
    limit: "limit",
    left: "left",
    plan: "plan",
    moves: "moves",
    none: "none",
  },
  zh: {
    table: "桌",
    goal: "目标",
    right: "对",
    wrong: "错",
    limit: "上限",
    left: "剩",
    plan: "方案",
    moves: "步数",
    none: "无",
  },
} as const;

/** Everything that lines and answers have beside letters and numbers. */
export const BLOCKS_VOCABULARY: readonly string[] = [
  ...Object.values(WORDS.en),
  ...Object.values(WORDS.zh),
  BACK.slice(1, -1),
  "impossible",
  "不可能",
];

export const writeMove = ({ block, onto }: Move, language: Language): string =>
  `${block}>${onto ?? WORDS[language].table}`;

/** `A B | C`. */
export const writeStacks = (stacks: Stacks): string => stacks.map((stack) => [...stack].join(" ")).join(" | ");

/** Where a block stands, should stand, and what follows. */
export function writeBlock({ start, goal }: Puzzle, block: string, language: Language): string {
  const { table, goal: target, right, wrong } = WORDS[language];
  const [now, then] = [below(start, block), below(goal, block)];
  const isWrong = (other: string) => wrongBlocks(start, goal).includes(other);
  const status = (other: string) => (isWrong(other) ? wrong : right);
  const because = now === then && now !== undefined ? [`${now} ${status(now)}`] : [];
  return `${block}: ${[now ?? table, `${target} ${then ?? table}`, ...because, status(block)].join(", ")}`;
}

export const writeWrong = ({ start, goal }: Puzzle, language: Language): string =>
  `${WORDS[language].wrong}: ${wrongBlocks(start, goal)
    .map((block, i) => `${i + 1} ${block}`)
    .join(", ")}`;

export const writePlan = (plan: readonly Move[], language: Language): string =>
  plan.map((move) => writeMove(move, language)).join(", ");

export function writeTrace(puzzle: Puzzle, language: Language): string[] {
  const { wrong: wrongWord, limit: limitWord, left: leftWord, plan: planWord, moves, none } = WORDS[language];
  const { tries, plan } = search(puzzle);
  let last: number | undefined;
  const lines = tries.map((one) => {
    if (one.kind === "back") return BACK;
    if (one.kind === "limit") {
      const line = `${limitWord}: ${last === undefined ? "" : `${last}+1=`}${one.limit}`;
      last = one.limit;
      return line;
    }
    const { move, stacks, wrong, left } = one;
    const state = `${writeStacks(stacks)}; ${wrongWord} ${wrong.join(" ") || none}; ${leftWord} ${left + 1}-1=${left}`;
    return `${writeMove(move, language)}: ${state}`;
  });
  const end =
    puzzle.ask === "least" && plan !== undefined
      ? `${moves}: ${plan.length}`
      : `${planWord}: ${plan === undefined ? none : writePlan(plan, language)}`;
  return [
    ...puzzle.start.flatMap((stack) => [...stack].map((block) => writeBlock(puzzle, block, language))),
    writeWrong(puzzle, language),
    ...lines,
    end,
  ];
}
