// The English wordings of numerals in other bases, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import type { Wording } from "./wordings.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    {
      convert:
        "A counter with {p} symbols on each dial reads {n}. Which reading belongs to a counter with {q} symbols on each dial?",
      sum: "A counter with {p} symbols on each dial reads {a} and moves on by {b}, read alike. Which reading does it reach?",
    },
    {
      convert: "Rewrite the base-{p} numeral {n} with radix {q}.",
      sum: "Total both base-{p} numerals, {a} with {b}, keeping radix {p}.",
    },
    {
      convert:
        "Where digits count powers of {p}, {n} stands for a certain amount; spell this amount using powers of {q}.",
      sum: "Where digits count powers of {p}, which numeral do {a} and {b} amount to together?",
    },
  ],
  trained: [
    {
      convert: "[Convert|Change|Translate] {n} from base {p} to base {q}[.|]",
      sum: "[Add|Sum up|Add up] {a} and {b} in base {p}[.|, and answer in base {p}.]",
    },
    {
      convert: "[What is|What's] {n} in base {p}[,| when] [written|expressed] in base {q}?",
      sum: "[What is|What's|How much is] {a} + {b} in base {p}?",
    },
    {
      convert: "[Write|Express|Represent|Give] the base {p} number {n} in base {q}[.|]",
      sum: "[Find|Compute|Calculate|Work out] the sum of the base {p} numbers {a} and {b}[ in base {p}|][.|]",
    },
    {
      convert: "{n} (base {p}) [= ?|=|is what?|equals what?] (base {q})",
      sum: "{a} + {b} [= ?|=|is what?|equals what?] (base {p})",
    },
    {
      convert: "{n}_{p} [=|is] [?|what]_{q}",
      sum: "{a}_{p} + {b}_{p} [=|is] [?|what]_{p}",
    },
    {
      convert: "Base {p}: {n}\nBase {q}: [?|what is it?]",
      sum: "Base {p}: {a} + {b} = ?[\nAnswer in base {p}.|]",
    },
    {
      convert: "[How do you|How would you|How do I] write {n} (base {p}) in base {q}?",
      sum: "[What is|How much is] {a} plus {b}, [both in base {p}|both written in base {p}]?",
    },
    {
      convert:
        "{n} is [a number|written] in base {p}. [What is it in base {q}?|Give it in base {q}.|Convert it to base {q}.]",
      sum: "{a} and {b} are [numbers|written] in base {p}. [What is their sum?|Add them.|Give their sum in base {p}.]",
    },
    {
      convert:
        "[Someone|My friend|Ann] wrote {n} in base {p}. [What is that in base {q}?|How is that written in base {q}?]",
      sum: "In base {p}, [what is|compute|find] {a} + {b}[?|.|]",
    },
    {
      convert: "[Can|Could] you [please |][convert|turn] {n} from base {p} [into|to] base {q}?",
      sum: "[Can|Could] you [please |]add the base {p} numbers {a} and {b}?",
    },
    {
      convert:
        "[A machine|A robot|A computer] [counts|works] in base {p} and [shows|prints] {n}. [What is|What would be] that in base {q}?",
      sum: "[A machine|A robot|A computer] [counts|works] in base {p}. It adds {a} and {b}. [What does it show?|What result does it print?]",
    },
    {
      convert: "[Convert|Change] the {P} number {n} [to|into] {Q}[.|]",
      sum: "[Add|Sum up] the {P} numbers {a} and {b}[.|]",
    },
  ],
};
