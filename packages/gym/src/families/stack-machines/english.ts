// How stack machines are asked about in English: the value of an expression, the stack, the number on top. The held-out wordings were
// written first. {program} stands on lines of its own.

import type { Wordings } from "../../wordings.ts";

/** One way to ask, for a value, a stack and the number on top. */
export type Wording = readonly [value: string, stack: string, top: string];

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    [
      "Operators stand behind their operands here (postfix). To what does it boil down?\n{program}",
      "Each word pushes onto or works on one stack, empty so far. Show it as it ends up, deepest entry at the left:\n{program}",
      "Each word pushes onto or works on one stack, empty so far. Which entry is topmost as it ends up?\n{program}",
    ],
    [
      "{program}\nSomebody keyed this into an RPN gadget. Which figure did its display settle on?",
      "{program}\nThat is all the interpreter was fed. Its stack, from the deepest figure upwards, reads?",
      "{program}\nThat is all the interpreter was fed. The topmost figure on its stack reads?",
    ],
    [
      "Boil this reverse Polish formula down to one figure:\n{program}",
      "Act out these stack orders one after another. In what state do they leave the stack, floor first?\n{program}",
      "Act out these stack orders one after another. With none left, what lies topmost?\n{program}",
    ],
  ],
  trained: [
    [
      "[Evaluate|Compute|Work out] [this|the] [expression in reverse Polish notation|RPN expression|postfix expression]:\n{program}",
      "[What is on the stack|Which numbers are on the stack] [at the end|after this program] (bottom to top)?\n{program}",
      "[Which number|What] is on top of the stack [at the end|after this program]?\n{program}",
    ],
    [
      "What is the value of [this|the] [RPN|postfix|reverse Polish] expression?\n{program}",
      "A stack machine runs this program. [Give|Write] the final stack, bottom first[.|:]\n{program}",
      "A stack machine runs this program. [Give|Write] the number on top of the final stack[.|:]\n{program}",
    ],
    [
      "{program}\n[This is|Here we have] reverse Polish notation. [What is the result?|What does it give?]",
      "{program}\n[Run|Execute] this [on|with] an empty stack. [What is left on the stack|What does the stack hold], from bottom to top?",
      "{program}\n[Run|Execute] this [on|with] an empty stack. What is the top of the stack then?",
    ],
    [
      "[I typed|Someone types] [this|the following] into an RPN calculator. [What does it show?|What is the answer?]\n{program}",
      "[Follow|Trace] this stack program and [list|write down] the stack at the end, bottom first[.|:]\n{program}",
      "[Follow|Trace] this stack program and [tell me|say] which number is on top at the end[.|:]\n{program}",
    ],
    [
      "[Calculate|Find|Determine] the result[, the notation is postfix| of this postfix expression| of this RPN input]:\n{program}",
      "[Instructions|Code] for a stack machine:\n{program}\n[How does the stack look|What does the stack look like] [afterwards|in the end], from the bottom to the top?",
      "[Instructions|Code] for a stack machine:\n{program}\n[What is the top element|Which value is on top] [afterwards|in the end]?",
    ],
    [
      "[Use a stack to evaluate|Evaluate with a stack] the postfix expression below.\n{program}",
      "The stack is empty at first. [Simulate|Carry out] the instructions and [give|state] its contents, bottom to top.\n{program}",
      "The stack is empty at first. [Simulate|Carry out] the instructions and [give|state] its top element.\n{program}",
    ],
    [
      "{program}\n[Which number|What number] [does this|do we get when this] reverse Polish expression [give|evaluate to][?|]",
      "{program}\n[After|When] the last instruction [has run|is done], which numbers [does the stack hold|are on the stack]? Bottom first[, please|].",
      "{program}\n[After|When] the last instruction [has run|is done], which number is on top of the stack?",
    ],
    [
      "[Can|Could] you [evaluate|work out] this? It is [in RPN|in postfix notation|in reverse Polish notation].\n{program}",
      "[Can|Could] you [run|go through] this stack code and [show|tell] me the stack that remains, bottom to top?\n{program}",
      "[Can|Could] you [run|go through] this stack code and [show|tell] me what is on top of the stack at last?\n{program}",
    ],
    [
      "[RPN|Postfix|Reverse Polish notation]: {program} = ?",
      "[Final|Resulting] stack (bottom to top) of [this program|these instructions]?\n{program}",
      "[Final|Resulting] top of the stack, for [this program|these instructions]?\n{program}",
    ],
  ],
};
