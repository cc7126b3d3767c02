// The English wordings of 2×2 systems, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import { inWords, only, type Wording } from "./sentences.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    "Which pair {x}, {y} fulfils both {s} and {t}?",
    "Two conditions hold: {s} as well as {t}. Determine {x} and {y}.",
    inWords(
      "en",
      "Multiply {x} by {a} and {y} by {b}: their {sum1} is {c}. Multiply {x} by {d} and {y} by {e}: their {sum2} is {f}. Name {x} and {y}.",
    ),
  ],
  trained: [
    "[Solve|Solve:|Please solve] {s}[, | and |; ]{t}[ for {x} and {y}|].",
    "Solve the [system|linear system|system of equations|equations|simultaneous equations|pair of equations][:|] {s}[, | and |; ]{t}.",
    "[What are|Find|What's|Give me] {x} and {y} [if|when|where|given] {s} and {t}?",
    "[If|When|Suppose] {s} and {t}, [what are {x} and {y}|find {x} and {y}|how large are {x} and {y}]?",
    "{s}[, |; | and ]{t}[. {x}, {y} = ?|. {x}=?, {y}=?|. Find {x} and {y}.|. {x} and {y}?|]",
    "Find [{x} and {y}|the values of {x} and {y}|the numbers {x} and {y}|the unknowns {x} and {y}] [with|such that|so that|for which] {s} and {t}.",
    "[Determine|Calculate|Compute|Work out|Get] {x} and {y}[:| from] {s}[, | and ]{t}",
    "[What is|Find|State] the solution of [the system|the pair|the equations|] {s}[, | and |; ]{t}?",
    "The equations {s} and {t} [are given|hold]. [Find {x} and {y}.|What are {x} and {y}?|Solve them.]",
    "[Can|Could] you [please |]solve {s}[, | and ]{t}[ for me|]?",
    "[Eliminate|Use elimination|Eliminate and solve]: {s}[, |; ]{t}",
    "Where do the lines {s} and {t} [meet|cross|intersect]?",
    inWords(
      "en",
      "Two numbers {x} and {y}: {a} times the first {plus1} {b} times the second [is|equals|gives] {c}, [and |]{d} times the first {plus2} {e} times the second [is|equals|gives] {f}. [Find them.|What are they?|Which numbers are they?]",
    ),
    inWords(
      "en",
      "If {a} times {x} {plus1} {b} times {y} [is|equals|gives] {c} and {d} times {x} {plus2} {e} times {y} [is|equals|gives] {f}, [what are {x} and {y}|find {x} and {y}]?",
    ),
    only(
      "countable",
      "en",
      "{a} [pens|cups|cakes] and {b} [books|bowls|pies] cost {c} euros; {d} of the first and {e} of the second cost {f} euros. [What does each cost?|What are the prices {x} and {y}?|Find the prices {x} and {y}.]",
      "I know two [unknown |]numbers {x} and {y}. {a} times {x} {plus1} {b} times {y} [is|equals] {c}; {d} times {x} {plus2} {e} times {y} [is|equals] {f}. [Find both.|What are both?]",
    ),
    inWords(
      "en",
      "The product of {a} and {x} {plus1} the product of {b} and {y} [is|equals] {c}. The product of {d} and {x} {plus2} the product of {e} and {y} [is|equals] {f}. [Find both|Determine both|Solve this].",
    ),
    inWords(
      "en",
      "The {sum1} of {x} [multiplied by|times] {a} and {y} [multiplied by|times] {b} [is|equals] {c}, the {sum2} of {x} [multiplied by|times] {d} and {y} [multiplied by|times] {e} [is|equals] {f}. [Find {x} and {y}.|What are {x} and {y}?]",
    ),
    inWords(
      "en",
      "Take {a} times {x} and {b} times {y}: the {sum1} is {c}. Take {d} times {x} and {e} times {y}: the {sum2} is {f}. [What are {x} and {y}?|Find both.]",
    ),
    "[I need|I am looking for|We want] {x} and {y}: {s}[, |; | and ]{t}[ both hold|].",
    "Both {s} and {t} [are true|must hold]. [Determine|Find|Tell me] [the unknowns|both unknowns|{x} and {y}].",
    "[Equation one|The first equation|Line one] [is|reads] {s}[,| and|;] [equation two|the second|line two] [is|reads] {t}. [Find|Work out|Give] [both unknowns|the two unknowns|{x} and {y}].",
    "[Solve|Solve for {x} and {y}|Find {x} and {y}|System][:|]\n[1) {s}\n2) {t}|(1) {s}\n(2) {t}|I: {s}\nII: {t}|{s}\n{t}]",
    "[What are|How large are|I want] {x} and {y}[?|.] [We know that|The equations are|It holds that] {s}[,| and] {t}.",
    "[Given|With|Using|Starting from] {s}[ together with|, and with| combined with] {t}, [find|get|compute] {x} and {y}.",
    "The first [equation |]says {s} and the second [one |]says {t}. [So what are {x} and {y}?|Now find {x} and {y}.|What follows for {x} and {y}?]",
    "[The pair|The numbers|The unknowns] {x} and {y} [obey|follow|belong to] [two|these] equations: 1) {s}[ |, |; ]2) {t}. [Solve them.|What are they?|Find them.]",
    "[I know|We know|It is known|Suppose] that {s}. [I also know|We also know|It is also known|Suppose too] that {t}. [What are {x} and {y}?|Now get {x} and {y}.|So {x} and {y} are what?]",
    "[{x}: {a}, {y}: {B}, [result|right side|total]: {c}\n{x}: {d}, {y}: {E}, [result|right side|total]: {f}\n[Solve this table.|Find {x} and {y}.]|The coefficients of {x} and {y} are {a} and {B}, the right side is {c}. Then they are {d} and {E} with right side {f}. [Find both unknowns.|Solve it.]]",
    inWords(
      "en",
      "{x} taken {a} times {plus1} {y} taken {b} times [gives|makes|is] {c}[;|,] [and |]{x} taken {d} times {plus2} {y} taken {e} times [gives|makes|is] {f}. [What are {x} and {y}?|Find both numbers.]",
    ),
    inWords(
      "en",
      "[To get {c}, take the {sum1} of {a} times {x} and {b} times {y}. To get {f}, take the {sum2} of {d} times {x} and {e} times {y}.|I compute {a} times {x} and also {b} times {y}; their {sum1} [equals|gives] {c}. I compute {d} times {x} and also {e} times {y}; their {sum2} [equals|gives] {f}.] [Find both numbers.|What are {x} and {y}?]",
    ),
    only(
      "cards",
      "en",
      "A [red|big|gold] [card|coin|ball] [counts|is worth] {x} points, a [blue|small|green] one {y}. {a} of the first kind and {b} of the second kind [make|give] {c} points; {d} of the first kind and {e} of the second kind [make|give] {f} points. [Find|Compute] {x} and {y}.",
      "{c} is what you get from {a} times {x} {plus1} {b} times {y}. {f} is what you get from {d} times {x} {plus2} {e} times {y}. [Find|Compute] {x} and {y}.",
    ),
    only(
      "priced",
      "en",
      "One [cake|pie|loaf] costs {x} euros and one [tea|juice|milk] {y} euros. Ann [buys|takes] {a} and {b} of them and pays {c} euros. Ben [buys|takes] {d} and {e} of them and pays {f} euros. [What are {x} and {y}?|Find {x} and {y}.]",
      "{a} lots of {x} {plus1} {b} lots of {y}: {c}. {d} lots of {x} {plus2} {e} lots of {y}: {f}. [What are {x} and {y}?|Find {x} and {y}.]",
    ),
    inWords(
      "en",
      "{x} [multiplied by|times] {a}, then {plus1} {y} [multiplied by|times] {b}: [result|answer|this gives] {c}. {x} [multiplied by|times] {d}, then {plus2} {y} [multiplied by|times] {e}: [result|answer|this gives] {f}. [Both numbers, please.|Find {x} and {y}.]",
    ),
    inWords(
      "en",
      "[Let {x} be multiplied by {a}, {y} be multiplied by {b}|Suppose {x} is multiplied by {a} and {y} is multiplied by {b}]; the {sum1} of the results [equals|is] {c}. [Let {x} be multiplied by {d}, {y} be multiplied by {e}|Suppose {x} is multiplied by {d} and {y} is multiplied by {e}]; the {sum2} of the results [equals|is] {f}. [Find|Compute] {x} and {y}.",
    ),
    inWords(
      "en",
      "[Scale|Enlarge|Stretch] {x} by {a}, then {y} by {b}; the {sum1} [is|equals|comes to] {c}. [Scale|Enlarge|Stretch] {x} by {d}, then {y} by {e}; the {sum2} [is|equals|comes to] {f}. [Find|Give] {x} and {y}.",
    ),
    inWords(
      "en",
      "[Multiply|If we multiply|By multiplying] {x} with {a} and {y} with {b}, [we get|you get|one has] [the|a] {sum1} of {c}. [Multiply|If we multiply|By multiplying] {x} with {d} and {y} with {e}, [we get|you get|one has] [the|a] {sum2} of {f}. [Find|Give] {x} and {y}.",
    ),
    inWords(
      "en",
      "[My|The] first number is called {x}, [my|the] second {y}. {a} of the first {plus1} {b} of the second [make|give|are] {c}, but {d} of the first {plus2} {e} of the second [make|give|are] {f}. [Which numbers are they?|Solve it.|Find both.]",
    ),
  ],
};
