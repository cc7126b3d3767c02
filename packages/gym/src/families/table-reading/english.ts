// The English wordings of questions on a table, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import { framed, type TableWording } from "./wordings-type.ts";

const HELD_OUT: readonly TableWording[] = [
  {
    frame: "{ask} Consult these entries:\n{table}",
    sum: "Pool every {c} entry: what does the pile amount to, as a total?",
    extreme: "Who or what comes out with the {high} {c}?",
    difference: "Between {r} and {s}, what gap is there in {c}?",
    count: "Tell how many {c} entries lie {over} {l}.",
    "filtered sum": "Take only lines whose {d} is {over} {l}: their {c} total, please?",
  },
  {
    frame: "{table}\nFrom what stands above: {ask}",
    sum: "I'd love one sum for everything listed as {c}.",
    extreme: "Point me to the {n} whose {c} is {high}.",
    difference: "{r} beats {s} in {c}, so what's the difference?",
    count: "Just a count of lines showing {c} {over} {l}.",
    "filtered sum": "Restrict yourself to {d} {over} {l} and hand me the {c} sum.",
  },
  {
    frame: "Data follow, then my request.\n{table}\n{ask}",
    sum: "Which total results from every number beneath {c}?",
    extreme: "Whose line carries the {high} {c}?",
    difference: "Subtract {s} from {r} within {c}: what difference remains?",
    count: "Lines with {c} {over} {l}: how many exist?",
    "filtered sum": "Leaving out lines unless {d} is {over} {l}, which sum do {c} entries reach?",
  },
];

const FRAMES = [
  "[Here is a table.|Look at this table.|Given this table:|Table:]\n{table}\n{ask}",
  "{ask}\n{table}",
  "{table}\n{ask}",
] as const;

const ASKS: readonly Omit<TableWording, "frame">[] = [
  {
    sum: "[What is|What's] the [total|sum] of [the column {c}|the {c} column|all {c} values]?",
    extreme: "[Which|What] {n} has the {high} {c}?",
    difference: "[What is|What's] the difference between the {c} of {r} and the {c} of {s}?",
    count: "How many [rows|entries] have {c} {over} {l}?",
    "filtered sum": "[What is|What's] the [total|sum] of {c} over the rows with {d} {over} {l}?",
  },
  {
    sum: "[Add up|Add] all [values|numbers] in the column {c}.",
    extreme: "[Name|Give|Find] the {n} with the {high} {c}.",
    difference: "How much [larger|greater] is the {c} of {r} than the {c} of {s}?",
    count: "[Count|Give the number of] the rows [in which|where] {c} is {over} {l}.",
    "filtered sum": "[Add up|Add] {c}, but only for the rows [in which|where] {d} is {over} {l}.",
  },
  {
    sum: "How much is {c} [in total|altogether]?",
    extreme: "[Whose {c} is the {high}|Which {n} comes with the {high} {c}]?",
    difference: "By how much does {r} exceed {s} in {c}?",
    count: "In how many rows is {c} {over} {l}?",
    "filtered sum": "How much is {c} [in total|altogether] for all with {d} {over} {l}?",
  },
  {
    sum: "[I need|We want|Give me] the [sum|total] of {c}[ over all rows|].",
    extreme: "[I need|We want|Give me] the {n} [that has|having] the {high} {c}.",
    difference: "[I need|We want|Give me] the difference in {c}: {r} against {s}.",
    count: "[I need to know|We want to know|Say] how many rows have a {c} {over} {l}.",
    "filtered sum": "[I need|We want|Give me] the [sum|total] of {c} where {d} is {over} {l}.",
  },
];

export const ENGLISH: Wordings<TableWording> = { heldOut: HELD_OUT, trained: framed(FRAMES, ASKS) };
