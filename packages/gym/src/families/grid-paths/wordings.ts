// Map problems as questions, and back. Held-out wordings first: they were written first. {grid} are the rows of the map, on lines
// of their own and never last: a question may lose its last point.

import type { Language } from "@lemma/protocol";
import { type Matcher, matcher } from "../../matcher.ts";
import { questionText } from "../../question-text.ts";
import { template } from "../../template.ts";
import { phrasingsFrom, type Wordings } from "../../wordings.ts";
import { findGrid, type Problem } from "./grid.ts";

type Ask = Problem["ask"];
type Wording = Readonly<Record<Ask, string>>;

const WORDINGS: Readonly<Record<Language, Wordings<Wording>>> = {
  en: {
    heldOut: [
      {
        length:
          "A beetle sits on S and smells sugar at G. It crawls to side-neighbours only and cannot climb blocks (#).\n{grid}\nMinimum crawl, counted in squares entered?",
        route:
          "A beetle sits on S and smells sugar at G. It crawls to side-neighbours only and cannot climb blocks (#).\n{grid}\nSpell its quickest crawl with U, D, L, R.",
      },
      {
        length:
          "{grid}\nBoard above; # blocks. Taking a token off S, never diagonally, how early can it occupy G? Reply with a count.",
        route:
          "{grid}\nBoard above; # blocks. Taking a token off S, never diagonally, which U/D/L/R string brings it soonest onto G?",
      },
      {
        length:
          "Level layout:\n{grid}\nThe hero spawns on S, treasure lies on G, granite is #. Report the optimal key-press total (arrow keys).",
        route:
          "Level layout:\n{grid}\nThe hero spawns on S, treasure lies on G, granite is #. Report optimal key presses, abbreviated U D L R.",
      },
    ],
    trained: [
      {
        length:
          "Here is a map. S is the start, G the goal, # a wall.\n{grid}\nYou can go up, down, left or right. [What is the least number of steps from S to G|How many steps does the shortest way from S to G take]?",
        route:
          "Here is a map. S is the start, G the goal, # a wall.\n{grid}\nYou can go up, down, left or right. [Give|Write] a shortest way from S to G in the letters U, D, L, R.",
      },
      {
        length:
          "Squares with # are blocked in this grid:\n{grid}\n[Find|Compute] the length of the shortest path from S to G, going up, down, left or right.",
        route:
          "Squares with # are blocked in this grid:\n{grid}\n[Find|Write down] a shortest path from S to G as a string of U, D, L and R.",
      },
      {
        length:
          "[Maze|Labyrinth]:\n{grid}\nHow many [moves|steps] up, down, left or right are needed at least to get from S to G without crossing #?",
        route:
          "[Maze|Labyrinth]:\n{grid}\nHow do I get from S to G without crossing #, in as few [moves|steps] as possible? Use U, D, L, R.",
      },
      {
        length:
          "A robot stands at S and must reach G. It moves one square at a time (up, down, left, right) and can't enter #.\n{grid}\n[What is the smallest number of moves|How many moves at least]?",
        route:
          "A robot stands at S and must reach G. It moves one square at a time (U, D, L, R) and can't enter #.\n{grid}\n[Program a shortest route|Which shortest route can it take]?",
      },
      {
        length: "Grid:\n{grid}\nStart S, goal G, walls #, no diagonal steps. [Shortest distance|Fewest steps]?",
        route: "Grid:\n{grid}\nStart S, goal G, walls #. [Shortest route|Shortest way] (U/D/L/R)?",
      },
      {
        length:
          "{grid}\n[Using breadth-first search|By breadth-first search], how far is G from S if # can't be passed and there are no diagonal steps?",
        route:
          "{grid}\n[Using breadth-first search|By breadth-first search], list the moves (U, D, L, R) that lead from S to G fastest if # can't be passed.",
      },
      {
        length:
          "I am at S in this [building|garden] and want to walk to G. Squares with # are closed.\n{grid}\nAt least how many squares do I have to walk, if I never go diagonally?",
        route:
          "I am at S in this [building|garden] and want to walk to G. Squares with # are closed.\n{grid}\nTell me the fastest way with the letters U, D, L, R.",
      },
      {
        length:
          "Each line is a row of the map, # are obstacles.\n{grid}\nWithout diagonal steps, how many steps [is it|are there] from S to G at the minimum?",
        route:
          "Each line is a row of the map, # are obstacles.\n{grid}\nWithout diagonal steps, [describe|write] the shortest route from S to G (U up, D down, L left, R right).",
      },
    ],
  },
  zh: {
    heldOut: [
      {
        length: "甲虫停在S，闻到G处有糖。它只爬往相邻的边，越不过砖块#。\n{grid}\n起码爬几格？",
        route:
          "甲虫停在S，闻到G处有糖。它只爬往相邻的边，越不过砖块#。\n{grid}\n拿上、下、左、右四个字拼出最省的爬法。",
      },
      {
        length: "{grid}\n盘面如上，#封死。子儿离开S，禁斜行，最快第几下落到G上？",
        route: "{grid}\n盘面如上，#封死。子儿离开S，禁斜行，哪串上下左右让它最快落到G上？",
      },
      {
        length: "关卡布局：\n{grid}\n主角出生在S，财物在G，#是岩壁。亮出方向键最优按键总数。",
        route: "关卡布局：\n{grid}\n主角出生在S，财物在G，#是岩壁。亮出方向键最优按法（上下左右）。",
      },
    ],
    trained: [
      {
        length:
          "下面是地图，S是起点，G是终点，#是墙。\n{grid}\n每步可以向上、下、左、右走一格，从S到G[最少要几步|最短要走多少步]？",
        route:
          "下面是地图，S是起点，G是终点，#是墙。\n{grid}\n每步可以向上、下、左、右走一格，[写出|给出]从S到G的一条最短路线，用上、下、左、右表示。",
      },
      {
        length: "这个网格中#不能走：\n{grid}\n[求|计算]从S到G的最短路径长度，只能上下左右走。",
        route: "这个网格中#不能走：\n{grid}\n[求|写出]从S到G的一条最短路径，用上下左右写成一串。",
      },
      {
        length: "[迷宫|走迷宫]：\n{grid}\n不穿过#，也不斜走，从S到G至少需要几步？",
        route: "[迷宫|走迷宫]：\n{grid}\n不穿过#，怎样从S最快走到G？用上下左右回答。",
      },
      {
        length: "机器人在S，要到G去。它每次上下左右移动一格，不能进入#。\n{grid}\n[最少移动多少次|至少要移动几次]？",
        route:
          "机器人在S，要到G去。它每次上下左右移动一格，不能进入#。\n{grid}\n[给它编一条最短路线|它走哪条最短路线]？",
      },
      {
        length: "网格：\n{grid}\n起点S，终点G，墙#，不能斜走。[最短距离|最少步数]是多少？",
        route: "网格：\n{grid}\n起点S，终点G，墙#。[最短路线|最短走法]是什么（上下左右）？",
      },
      {
        length: "{grid}\n用广度优先搜索，[G离S多远|S到G的距离是多少]？#不能通过，每步上下左右。",
        route: "{grid}\n用广度优先搜索，[列出|写出]从S最快到G的各步（上下左右）。#不能通过。",
      },
      {
        length: "我在这座[楼|花园]的S处，想走到G。标#的格子关着。\n{grid}\n上下左右走，至少得走几格？",
        route: "我在这座[楼|花园]的S处，想走到G。标#的格子关着。\n{grid}\n请用上下左右告诉我最快的走法。",
      },
      {
        length: "每行是地图的一行，#是障碍。\n{grid}\n不能斜着走，从S到G最少走[几|多少]步？",
        route: "每行是地图的一行，#是障碍。\n{grid}\n不能斜着走，用上、下、左、右[描述|写出]从S到G的最短路线。",
      },
    ],
  },
};

export const gridPhrasings = phrasingsFrom<Problem, Wording>(WORDINGS, (wording) => {
  const forms = { length: template(wording.length), route: template(wording.route) };
  return {
    templates: Object.values(forms),
    render: ({ ask, rows }, random) => forms[ask].render({ grid: rows.join("\n") }, random),
  };
});

/** Stands for the map in the text around it. */
const MARK = "\u{E000}";

/** What people type around a map in their own words. */
const ROUTE = /\broute|\bdirections\b|\bU\b.{0,8}\bD\b|UDLR|which way|路线|走法|怎么走|怎样走|路径是/i;
const LENGTH =
  /how (?:many|far|long)|number of|\bleast\b|fewest|minimum|\blength\b|distance|几步|多少步|最少|距离|步数|多长|长度/i;

let read: Matcher<Ask> | undefined;

/** Reads a map problem; undefined where a text has no map or asks for no way on it. */
export function readProblem(question: string): Problem | undefined {
  if (question.length > 1200) return undefined;
  const found = findGrid(question, MARK);
  const text = found === undefined ? undefined : questionText(found.rest);
  if (found === undefined || text === undefined) return undefined;
  read ??= matcher(
    (["en", "zh"] as const).flatMap((language) =>
      [...WORDINGS[language].heldOut, ...WORDINGS[language].trained].flatMap((wording) =>
        (["length", "route"] as const).map((ask) => [template(wording[ask]), ask] as const),
      ),
    ),
    { grid: MARK },
  );
  const ask = read(text)?.tag ?? (ROUTE.test(text) ? "route" : LENGTH.test(text) ? "length" : undefined);
  return ask === undefined ? undefined : { ask, rows: found.rows };
}
