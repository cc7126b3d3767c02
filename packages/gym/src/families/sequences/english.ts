// The English wordings of sequences, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import { frame, type Wording } from "./wordings.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    frame(
      "These numbers obey one rule: {s}. {q}",
      "Which number should stand behind the last of them?",
      "Which number would stand at place {n}?",
      "Adding up {n} of them from the start gives what?",
    ),
    frame(
      "A list begins with {s}. {q}",
      "Extend it by one number.",
      "Its entry number {n} is what?",
      "Tell the grand total of its earliest {n} entries.",
    ),
    frame(
      "Someone climbs a staircase of numbers, {s}, and keeps climbing. {q}",
      "Where does the following stair lie?",
      "Where does stair {n} lie?",
      "Stairs up to number {n}, put together, make how much?",
    ),
  ],
  trained: [
    [
      "[What is|What's|Find|Give me] the next [term|number|member] [of|in] the sequence {o}[?|]",
      "[What is|What's|Find|Give me] the {nth} [term|number|member] of the sequence {o}[?|]",
      "[What is|What's|Find|Give me] the sum of the first {n} [terms|numbers] of the sequence {o}[?|]",
    ],
    frame(
      "{o}[:| -|.] {q}",
      "[What comes next?|What is next?|What number comes next?|Which number follows?|Next number?]",
      "[What is the {nth} term?|Which number is the {nth}?|What is number {n} in this sequence?|{nth} term?]",
      "[How much are the first {n} terms together?|What is the sum of the first {n} terms?|Sum of {n} terms?]",
    ),
    frame(
      "[Continue|Go on with|Look at] [the|this] [sequence|series|pattern][:|] {s}. {q}",
      "[Write the next number.|One more number, please.|What is the next one?]",
      "[Which number is at position {n}?|What is the {nth} one?|Say the {nth} number.]",
      "[Add the first {n} numbers.|How much do the first {n} numbers make?|Say the sum of the first {n}.]",
    ),
    frame(
      "[A|One] sequence [starts with|starts|begins|goes] {s}. {q}",
      "[How does it go on?|How does it continue?|What follows?]",
      "[What is its {nth} term?|Find its {nth} term.|Compute term {n}.]",
      "[What is the sum of its first {n} terms?|Sum its first {n} terms.|Add up terms until the {nth}.]",
    ),
    [
      "{s}, {blank}",
      "{s}, ...; [a_{n}|a({n})|term {n}|the term number {n}] = ?",
      "{s}, ...; [S_{n}|S({n})|sum to {n} terms|sum over {n} terms] = ?",
    ],
    frame(
      "[Find the rule|See the rule|Discover the rule] [in|behind] {s}[, then| and] {q}",
      "[give|say|write|name] the next number.",
      "[give|say|write|name] the {nth} number.",
      "[give|say|write|name] the sum of the first {n} numbers.",
    ),
    frame(
      "[The terms of a sequence are|We have the terms|Given are the terms|Terms:] {o}. {q}",
      "[Determine|Compute|Calculate|Work out] the term after [these|them|the last one].",
      "[Determine|Compute|Calculate|Work out] the [term with number {n}|{nth} term].",
      "[Determine|Compute|Calculate|Work out] the sum of terms one to {n}.",
    ),
    frame(
      "{name} [writes|wrote|writes down] the numbers {s}[, ...|, …|, and so on|]. {q}",
      "[Which number does {name} write next?|What will the next number be?]",
      "[Which number is written as the {nth}?|What will the {nth} number be?]",
      "[What is the sum when there are {n} numbers?|How much are {n} such numbers in all?]",
    ),
    frame(
      "[In|For] the [series|row|pattern] {s}, {q}",
      "[what comes after {last}?|which number follows {last}?|what is the number after {last}?]",
      "[what is the {nth} element?|which number stands in position {n}?|find element {n}.]",
      "[what do the first {n} elements add up to?|find the sum of {n} elements.|sum {n} elements from the first.]",
    ),
    frame(
      "[Complete|Fill in|Finish] the [pattern|row][:|] {q}",
      "{s}, {blank}",
      "{s}, ..., [__|?] [(this is term {n})|(term {n})|(position {n})]",
      "{s}, ... ([{n} terms|until term {n}]). [Then give their sum.|Sum of all of them?]",
    ),
    frame(
      "[Can you|Could you] [please |]{q} {o}[?|]",
      "[find|tell me|work out] [the number that comes next|what comes next] in",
      "[find|tell me|work out] [the {nth} term|term {n}|the {nth} number] in",
      "[find|tell me|work out] the [sum|total] of the first {n} terms in",
    ),
    frame(
      "A [thermometer|gauge|meter] [reads|shows] {o} [degrees|points], [hour|minute] after [hour|minute], by a [fixed|steady|regular] rule. {q}",
      "[What will it show next?|What number is due then?|What does it read next?]",
      "[What will it show as the {nth}?|What does it read the {nth} time?]",
      "[What is the sum of {n} readings from the first?|How much are its first {n} readings added up?]",
    ),
    frame(
      "[I see|I have|Here are] the numbers {s}[, ...|, …|, and so on|]. {q}",
      "[I need the next one.|Help me find the next one.|Which one is next?]",
      "[I need the {nth} one.|Help me find the {nth} one.|Which is the {nth}?]",
      "[I need the sum of the first {n}.|Help me sum the first {n}.|How large is the sum of the first {n}?]",
    ),
    frame(
      "[Sequence|Series|Numbers]: {s}\n{q}",
      "[Wanted|Find|Asked]: the next [term|number]",
      "[Wanted|Find|Asked]: [term {n}|the {nth} term|term number {n}]",
      "[Wanted|Find|Asked]: the sum of [{n} terms|the first {n} terms]",
    ),
    frame(
      "{q} {o}?",
      "[Which|What] number [continues|comes after|extends] the [sequence|pattern]",
      "[Which|What] number is the {nth} [term|member] in",
      "[How large|What] is the sum of the first {n} [terms|members] in",
    ),
    frame(
      "[Let|Suppose] a sequence have the [first |]terms {s}[, and so on|]. {q}",
      "[Give|State|Name] its next term.",
      "[Give|State|Name] its [{nth} term|term number {n}].",
      "[Give|State|Name] the sum of its first {n} terms.",
    ),
    frame(
      "[A machine|A robot|My program] [prints|shows] {s}[, ...|, and so on|]. {q}",
      "[Predict|Guess|What is] the next [output|number][.|?]",
      "[Predict|Guess|What is] the {nth} [output|number][.|?]",
      "[Predict|What is] the sum of its first {n} [outputs|numbers][.|?]",
    ),
    frame(
      "[The stations of a line|The doors of a hall|The cards in a box] [carry|bear|have] the numbers {o}. {q}",
      "[Which number has the next one?|What stands on the next one?]",
      "[Which number has the {nth} one?|What stands on the {nth} one?]",
      "[What do the first {n} have in total?|What is the total of the first {n}?]",
    ),
    frame(
      "[Following|With|By] the same rule, {q} {s}[?|.]",
      "[what comes next after|continue with one more number after|what follows upon]",
      "[what is the {nth} number of|find number {n} of|which is the {nth} in]",
      "[what is the sum of the first {n} of|find the sum of {n} numbers of|how much are the first {n} of]",
    ),
    frame(
      "The [numbers|values] {s} [form|make|belong to] a [sequence|pattern]. {q}",
      "[So what is next?|The next is what?|And next?]",
      "[So what is the {nth}?|The {nth} is what?|And the {nth}?]",
      "[So what is the sum of the first {n}?|The first {n} sum to what?|And the sum of the first {n}?]",
    ),
  ],
};
