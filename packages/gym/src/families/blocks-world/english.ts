// The English wordings of block puzzles, the held-out ones first: they were written first. Slots: {start} and {goal} as stacks or {from} and
// {to} as what each block stands on, {most} the moves that are allowed, {forms} how moves are written ({turned} the other way round).

import type { Wording } from "./wordings.ts";

export const HELD_OUT_EN: readonly Wording[] = [
  {
    plan: "A crane lifts uppermost crates only. Piles today (undermost crate first): {start}. Piles wanted: {goal}. Program it within {most} lifts, e.g. {turned}.",
    least:
      "A crane lifts uppermost crates only. Piles today (undermost crate first): {start}. Piles wanted: {goal}. Minimal lifts?",
  },
  {
    plan: "Foam cubes, listed upwards pile by pile, are {start}. My niece demands {goal}. She grabs a bare cube per turn and has {most} turns. Turns look so: {turned}.",
    least:
      "Foam cubes, listed upwards pile by pile, are {start}. My niece demands {goal}. She grabs a bare cube per turn. With how few turns is she done?",
  },
  {
    plan: "Rearrange {start} into {goal} (lowest letter leading each tower, floor space unlimited). Budget: {most} transfers. Style: {turned}.",
    least:
      "Rearrange {start} into {goal} (lowest letter leading each tower, floor space unlimited). Smallest budget of transfers?",
  },
];

export const TRAINED_EN: readonly Wording[] = [
  {
    plan: "[Blocks world|Blocks puzzle]. Stacks from bottom to top: {start}. Goal: {goal}. One move puts a top block on another top block or on the table. Find a plan with at most {most} moves, written like {forms}.",
    least:
      "[Blocks world|Blocks puzzle]. Stacks from bottom to top: {start}. Goal: {goal}. One move puts a top block on another top block or on the table. [How many moves are needed at least|What is the least number of moves]?",
  },
  {
    plan: "On a table there are blocks: {from}. I want {to}. Only a block with nothing on it can be moved. [How can I do it|What should I do] in {most} moves or fewer? Answer like {forms}.",
    least:
      "On a table there are blocks: {from}. I want {to}. Only a block with nothing on it can be moved. [What is the smallest number of moves|How many moves does it take at least]?",
  },
  {
    plan: "Start: {from}. Goal: {to}. Give at most {most} moves of [free|clear] blocks, in the form {forms}.",
    least: "Start: {from}. Goal: {to}. [Fewest|Least number of] moves of [free|clear] blocks?",
  },
  {
    plan: "A robot arm moves one block at a time, always a top one. The stacks (bottom first) are {start} and [should become|must become] {goal}. [Write|Give] its program in at most {most} steps: {forms}.",
    least:
      "A robot arm moves one block at a time, always a top one. The stacks (bottom first) are {start} and [should become|must become] {goal}. How many steps does its shortest program have?",
  },
  {
    plan: "Plan in no more than {most} moves how to get from {start} to {goal}, where every stack is written from the bottom up. [Use moves like|Moves look like] {forms}.",
    least:
      "Count the moves of a shortest plan [from|to get from] {start} to {goal}, where every stack is written from the bottom up.",
  },
  {
    plan: "[Given|There are] blocks as follows: {from}. They have to be rearranged: {to}. List your moves (up to {most} are allowed) as {forms}.",
    least:
      "[Given|There are] blocks as follows: {from}. They have to be rearranged: {to}. At least how many blocks must be picked up, counting each time?",
  },
  {
    plan: "Bottom to top, the towers are {start}. We need {goal}, and the table has room for all. [Which|What] moves, at most {most} of them, do it? Notation: {forms}.",
    least:
      "Bottom to top, the towers are {start}. We need {goal}, and the table has room for all. [What is the minimum number of moves|How many moves at minimum]?",
  },
  {
    plan: "[Please help me stack|Help me stack] blocks. Now it is {from}; in the end it must be {to}. I may move a top block {most} times. Moves such as {forms}, please.",
    least:
      "[Please help me stack|Help me stack] blocks. Now it is {from}; in the end it must be {to}. How often must I move a top block, at least?",
  },
];
