// The English wordings of modular arithmetic, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import type { Wording } from "./wordings.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    {
      all: "Which remainder stays if {e} gets divided by {m}?",
      inverse: "Modulo {m}, by what must {a} be multiplied in order that 1 stays?",
      congruence: "Modulo {m}, by what must {a} be multiplied in order that {b} stays?",
    },
    {
      all: "Working mod {m}, simplify {e}",
      inverse: "Working mod {m}, invert {a}",
      congruence: "Working mod {m}, determine {x}: {l} ≡ {b}",
    },
    {
      all: "Reduce {e} by the modulus {m} and say where you land.",
      remainder: "A baker has {a} rolls and fills trays of {m}. How many rolls do not fit on full trays?",
      sum: "A baker has {a} rolls here, {b} there, and fills trays of {m}. How many rolls do not fit on full trays?",
      product: "A baker has {a} bags of {b} rolls and fills trays of {m}. How many rolls do not fit on full trays?",
      inverse:
        "A gear with {m} teeth turns {a} teeth per push. After how many pushes, at least, has it moved on by one tooth?",
      congruence:
        "A gear with {m} teeth turns {a} teeth per push. After how many pushes, at least, has it moved on by {b} teeth?",
    },
  ],
  trained: [
    {
      all: "[What is|What's|Find|Compute|Calculate] the remainder [when|if] {E} is divided by {m}[?|.]",
      inverse: "[What is|What's|Find|Compute|Calculate] the inverse of {a} modulo {m}[?|.]",
      congruence: "[Solve|Please solve] {c}[ for {x}|].",
    },
    {
      all: "[Compute|Calculate|Find|Evaluate|Work out][:|] {e} mod {m}[.|]",
      inverse: "[Compute|Calculate|Find|Evaluate|Work out][:|] {a}^(-1) mod {m}[.|]",
      congruence: "[Compute|Find|Work out] {x}[:| from| with] {c}[.|]",
    },
    {
      all: "{e} mod {m} [= ?|=|=?|is what?|equals what?]",
      inverse: "{a}^(-1) mod {m} [= ?|=|=?|is what?|equals what?]",
      congruence: "{c}, [{x} = ?|{x}=?|find {x}.|what is {x}?]",
    },
    {
      all: "[Divide|Let us divide] {w} by {m}[.|;] [What is the remainder?|What remains?|What is left over?]",
      inverse: "[Which|What] number times {a} leaves [remainder 1|a remainder of 1] when divided by {m}?",
      congruence: "[Which|What] number times {a} leaves [remainder {b}|a remainder of {b}] when divided by {m}?",
    },
    {
      all: "[What is|What's|How much is] {E} modulo {m}?",
      inverse: "[What is|How much is] 1 divided by {a} modulo {m}?",
      congruence: "[What is|How much is] {b} divided by {a} modulo {m}?",
    },
    {
      all: "[Find|Give|Name|State] the [least|smallest] number [from 0 up|that is not negative and] congruent to {e} modulo {m}.",
      inverse: "[Find|Give|Name|State] the [least|smallest] positive {x} with {l} ≡ 1 (mod {m}).",
      congruence: "[Find|Give|Name|State] the [least|smallest] {x} from 0 up with {c}.",
    },
    {
      all: "[After|In] division by {m}, [what remains of {E}?|which remainder has {E}?]",
      inverse: "[After|In] division by {m}, {a} times {x} leaves 1. [Find {x}.|What is {x}?]",
      congruence: "[After|In] division by {m}, {a} times {x} leaves {b}. [Find {x}.|What is {x}?]",
    },
    {
      all: "[Modulus|Modulo]: {m}\n[Expression|Number]: {e}\n[Remainder|Result]?",
      inverse: "[Modulus|Modulo]: {m}\nNumber: {a}\n[Inverse|Its inverse]?",
      congruence: "[Modulus|Modulo]: {m}\n[Congruence|Condition]: {l} ≡ {b}\n[Solution|{x}]?",
    },
    {
      all: "[Can|Could] you [please |]find the remainder of {E} [divided by|on division by|modulo] {m}?",
      inverse: "[Can|Could] you [please |]find the number that inverts {a} modulo {m}?",
      congruence: "[Can|Could] you [please |]solve the congruence {c}?",
    },
    {
      all: "[I divide|We divide|She divides] {w} by {m} and [I keep|we keep|she keeps] the remainder. [How large is it?|Which number is it?]",
      inverse:
        "[I look for|We look for|She looks for] {x} such that {l} - 1 is divisible by {m}. [Which {x} is the smallest from 0 up?|Give the smallest {x}.]",
      congruence:
        "[I look for|We look for|She looks for] {x} such that {l} - {b} is divisible by {m}. [Which {x} is the smallest from 0 up?|Give the smallest {x}.]",
    },
    {
      all: "[The number|Take the number|Given is] {e}; [give|find|I want] its remainder [mod|modulo] {m}.",
      remainder:
        "{a} {things} are [packed|put] into [boxes|bags] of {m}. How many {things} [are left over|are left|stay outside]?",
      sum: "{a} {things} and {b} more are [packed|put] into [boxes|bags] of {m}. How many {things} [are left over|are left|stay outside]?",
      product:
        "{a} [crates|sacks] with {b} {things} each are [packed|put] into [boxes|bags] of {m}. How many {things} [are left over|are left|stay outside]?",
      inverse:
        "[Sacks|Crates] hold {a} {things} each. From how many of them, at least, can I fill [boxes|bags] of {m} so that 1 is left over?",
      congruence:
        "[Sacks|Crates] hold {a} {things} each. From how many of them, at least, can I fill [boxes|bags] of {m} so that {b} are left over?",
    },
    {
      all: "[Which number|What number] between 0 and {m1} is [congruent|equal] to {e} modulo {m}?",
      inverse: "[Which number|What number] between 0 and {m1} is the inverse of {a} modulo {m}?",
      congruence: "[Which|What] {x} between 0 and {m1} [satisfies|solves|fulfils] {c}?",
    },
    {
      all: "{e} ≡ ? (mod {m})",
      inverse: "{a} · ? ≡ 1 (mod {m})",
      congruence: "{a} · ? ≡ {b} (mod {m})",
    },
    {
      all: "[Reduce|Take] {e} [mod|modulo] {m}.",
      inverse: "[Invert|Find the inverse of] {a} [mod|modulo] {m}.",
      congruence: "[Find {x}|Give {x}|Solve for {x}] [mod|modulo] {m}: {l} ≡ {b}[.|]",
    },
    {
      all: "How much is left [of|from] {w} [after|when] taking away {m} as often as possible?",
      remainder:
        "{name} has {a} [euros|coins|stamps] and [gives|hands] out [groups|heaps] of {m} as long as possible. How many [remain|are left]?",
      sum: "{name} has {a} [euros|coins|stamps], gets {b} more and [gives|hands] out [groups|heaps] of {m} as long as possible. How many [remain|are left]?",
      product:
        "{name} has {a} [albums|purses] with {b} [coins|stamps] each and [gives|hands] out [groups|heaps] of {m} as long as possible. How many [remain|are left]?",
      inverse:
        "{name} has [albums|purses] with {a} [coins|stamps] each and gives out heaps of {m} until just 1 is left. What is the least number of [albums|purses]?",
      congruence:
        "{name} has [albums|purses] with {a} [coins|stamps] each and gives out heaps of {m} until just {b} are left. What is the least number of [albums|purses]?",
    },
    {
      all: "A [clock|dial] has {m} hours, numbered from 0. [It starts at 0|Its hand starts at 0] and [runs|moves on] {e} hours. [What does it show?|Where is the hand?]",
      inverse:
        "A [clock|dial] has {m} hours, numbered from 0. Its hand starts at 0 and jumps {a} hours at a time. After [at least |]how many jumps [does it show|is it at] 1?",
      congruence:
        "A [clock|dial] has {m} hours, numbered from 0. Its hand starts at 0 and jumps {a} hours at a time. After [at least |]how many jumps [does it show|is it at] {b}?",
    },
    {
      all: "[In|With] arithmetic modulo {m}, [what is|find|compute] {e}[?|.]",
      inverse: "[In|With] arithmetic modulo {m}, [what is|find|compute] the inverse of {a}[?|.]",
      congruence: "[In|With] arithmetic modulo {m}, [what is|find|compute] {x} [if|where|in] {l} ≡ {b}[?|.]",
    },
    {
      all: "[If|When] {E} is divided by {m}, [what is left|what remains|what remainder is there|which remainder comes out]?",
      inverse:
        "[If|When] {a}{x} is divided by {m}, the remainder is 1. [Which is the smallest {x}?|Give the smallest {x} from 0 up.]",
      congruence:
        "[If|When] {a}{x} is divided by {m}, the remainder is {b}. [Which is the smallest {x}?|Give the smallest {x} from 0 up.]",
    },
    {
      all: "Remainder of {E} [by|over|for division by] {m}: [what is it?|how much?|please compute.]",
      inverse:
        "Inverse of {a} [in the integers modulo|in Z/|for the modulus] {m}: [what is it?|which number?|please compute.]",
      congruence: "Solution of {c}: [what is it?|which number?|please compute.]",
    },
    {
      all: "{things} [lie|stand] in rows of {m}[;|.] [altogether|in total] there are {e}. How many are in the last row that is not full?",
      inverse: "Let {l} ≡ 1 (mod {m}). [Determine|Calculate] {x}.",
      congruence: "Let {c}. [Determine|Calculate] {x}.",
    },
  ],
};
