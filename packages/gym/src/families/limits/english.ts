// The English wordings of limits, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";

export const ENGLISH: Wordings<string> = {
  heldOut: [
    "Somebody lets {x} move ever nearer to {A}. What becomes of {f}?",
    "{f}: name its limiting value under {x}->{A}.",
    "With {x} running to {A}, where will {f} end up?",
  ],
  trained: [
    "[Find|Compute|Calculate|Evaluate|Determine|Work out] {lim}[.|]",
    "{lim}[ = ?| =|=?|?|]",
    "[What is|What's|Give me|Show me] {lim}?",
    "[Find|Compute|Determine|Calculate|Give] the limit of {f} as {x} [approaches|tends to|goes to] {a}[.|]",
    "[What is|What's] the limit of {f} [as|when] {x} [approaches|tends to|goes to|nears] {a}?",
    "What does {f} [approach|tend to|go to] [as|when] {x} [approaches|tends to|goes to] {a}?",
    "[Let|Suppose] {g}({x}) = {f}. [What is|Find|Compute|Determine] the limit of {g} [as|for] {x} -> {a}[.|]",
    "Limit: {f}, {x} -> {a}[.|?|]",
    "As {x} [approaches|tends to|goes to] {a}, what [happens to|is the limit of] {f}?",
    "[Can|Could] you [please |]find the limit of {f} [as|when] {x} [goes to|tends to|approaches] {a}[ for me|]?",
    "The limit of {f} for {x} -> {a} [is what|equals what|is wanted][?|.|]",
    "[My homework is|The exercise is|On the board stands|Now I do]: {lim}[. Help me.|. What comes out?|.|]",
    "[Function|Expression|Given]: {f}\n[Its limit for {x} -> {a}|Limit as {x} -> {a}|Wanted: limit for {x} -> {a}][?|]",
    "[I need|We look for|She wants] the limit {lim}[.|]",
    "{f} as {x} -> {a}: [find the limit.|what is the limit?|the limit, please.|limit?]",
    "Does {f} [settle down|have a limit] when {x} -> {a}? [Find it.|Give the limit.|Which one?]",
    "[Use|Apply|By] the limit laws[ and|, to|,] [find|evaluate|compute] {lim}[.|]",
  ],
};
