// How sorting and searching are asked about in English: passes, swaps, comparisons, probes. The held-out wordings were written first.
// {sort} is the name of the sort, {list} the list, {k} the passes, {t} the number that is searched.

import type { Wordings } from "../../wordings.ts";

/** One way to ask, for each kind of question. */
export type Wording = readonly [passes: string, swaps: string, comparisons: string, probes: string];

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    [
      "Numbered cards lie on the table: {list}. Someone puts them in order by {sort}, smallest to the left, but leaves off having finished pass {k}. How do they lie?",
      "Numbered cards lie on the table: {list}. Someone puts them in order by {sort}, smallest to the left. How often did a pair swap places?",
      "Numbered cards lie on the table: {list}. Someone puts them in order by {sort}, smallest to the left. Count the comparisons of two of them.",
      "Numbered cards lie in order: {list}. Someone hunts {t} by binary search; of an even row, the left middle card is turned. Which are turned, one by one?",
    ],
    [
      "{list}: freeze an ascending {sort} behind pass {k} and copy the row out.",
      "{list}: tally of swaps that an ascending {sort} carries through?",
      "{list}: tally of comparisons that an ascending {sort} carries through?",
      "{list}: name every probe of a binary search hunting {t}, where the midpoint is rounded down.",
    ],
    [
      "With {sort}, low to high, what has become of {list} once pass {k} is behind us?",
      "With {sort}, low to high, {list} is put right. That takes a total of swaps equal to?",
      "With {sort}, low to high, {list} is put right. That takes a total of comparisons equal to?",
      "{t} is hunted in {list} by binary search, an even row having its middle on the left. Its probes are, one by one?",
    ],
  ],
  trained: [
    [
      "[Sort|We sort] {list} in ascending order with {sort}. [What is the list|What does the list look like] after pass {k}?",
      "[Sort|We sort] {list} in ascending order with {sort}. How many swaps [are made|are there|does it take]?",
      "[Sort|We sort] {list} in ascending order with {sort}. How many comparisons [are made|are there|does it take]?",
      "[Find|Look for] {t} in {list} with binary search (the middle is rounded down). [Which numbers are probed|Which elements are looked at], in order?",
    ],
    [
      "[Give|Write|Show] the list {list} after pass {k} of {sort}[, ascending|, from small to large].",
      "[Give|Find] the number of swaps that {sort} makes on {list}[, ascending|].",
      "[Give|Find] the number of comparisons that {sort} makes on {list}[, ascending|].",
      "[Give|Write|Show] the probes of a binary search for {t} in {list}[, the middle rounded down|, taking the lower middle].",
    ],
    [
      "[{sort}, ascending|Ascending {sort}]: {list}. [State|Order|List] after pass {k}?",
      "[{sort}, ascending|Ascending {sort}]: {list}. [Number of swaps|How many swaps]?",
      "[{sort}, ascending|Ascending {sort}]: {list}. [Number of comparisons|How many comparisons]?",
      "Binary search, lower middle: {list}. [Search for|Target:] {t}. [Probes|Numbers looked at]?",
    ],
    [
      "[An array|A list] is {list}. [Carry out|Run|Do] {sort} up to the end of pass {k} and [write|give] the [array|list].",
      "[An array|A list] is {list}. [Carry out|Run|Do] {sort} to the end and [count|tell me] the swaps.",
      "[An array|A list] is {list}. [Carry out|Run|Do] {sort} to the end and [count|tell me] the comparisons.",
      "[A sorted array|A sorted list] is {list}. [Carry out|Run|Do] a binary search for {t}, rounding the middle down, and [list|write] the numbers that it [checks|compares].",
    ],
    [
      "[Can|Could] you [trace|follow] {sort} on {list} for me? I need the list after pass {k}.",
      "[Can|Could] you [trace|follow] {sort} on {list} for me? I need the number of swaps.",
      "[Can|Could] you [trace|follow] {sort} on {list} for me? I need the number of comparisons.",
      "[Can|Could] you [trace|follow] a binary search for {t} on {list} for me? I need the numbers it checks; the middle is rounded down.",
    ],
    [
      "[A program|A student] sorts {list} by {sort}, smallest first. What [do we have|stands there] after pass {k}?",
      "[A program|A student] sorts {list} by {sort}, smallest first. [Work out|Determine] how many times it swaps two numbers.",
      "[A program|A student] sorts {list} by {sort}, smallest first. [Work out|Determine] how many times it compares two numbers.",
      "[A program|A student] does a binary search for {t} in {list}, always with the lower middle. [Work out|Determine] which numbers it looks at.",
    ],
    [
      "[Simulate|Perform] {sort} on {list} as far as pass {k}. [The resulting list?|Which list results?]",
      "[Simulate|Perform] the whole {sort} on {list}. [The swaps in total?|How many swaps in total?]",
      "[Simulate|Perform] the whole {sort} on {list}. [The comparisons in total?|How many comparisons in total?]",
      "[Simulate|Perform] binary search for {t} on {list} with the lower middle. [The sequence of probes?|Which probes, in order?]",
    ],
    [
      "[What|Which list] do we get when {sort} has [done|finished] pass {k} on {list}?",
      "What is the number of swaps in {sort} of {list}?",
      "What is the number of comparisons in {sort} of {list}?",
      "What are the probes when binary search (lower middle) looks for {t} in {list}?",
    ],
  ],
};
