// The English wordings of propositional logic, the held-out ones first: they were written first. {given} are the formulas of which
// something is asked, {lines} the same in lines of their own, {claim} what may follow, {first} and {second} two formulas to compare;
// {quoted} is the claim, with quotation marks around sentences.

import type { Wording } from "./wordings.ts";

export const HELD_OUT_EN: readonly Wording[] = [
  {
    entailment: "Taking as true: {given}. Must one accept that {claim}?",
    satisfiability: "Taking as true: {given}. Might that whole list hold once?",
    equivalence: "Compare {first} with {second}. Do their truth values always coincide?",
  },
  {
    entailment: "{given}. Would {quoted} be forced by this?",
    satisfiability: "{given}. Search for one assignment making them all come out right: does it exist?",
    equivalence: "Whichever way things are, will {first} hold just where {second} holds?",
  },
  {
    entailment: "Known facts: {given}. Is {quoted} then beyond doubt?",
    satisfiability: "Known facts: {given}. Is this collection free of contradiction?",
    equivalence: "Known forms: {first} as well as {second}. Could either one replace the other?",
  },
];

export const TRAINED_EN: readonly Wording[] = [
  {
    entailment: "{given}. Does it follow that {claim}?",
    satisfiability: "{given}. Can all of [these|them|this] be true at the same time?",
    equivalence: "Are {first} and {second} [logically |]equivalent?",
  },
  {
    entailment: "[Premises|Given|Assume]: {given}. [Is|Does] the conclusion {quoted} [valid|follow]?",
    satisfiability: "[Is|Are] [this set|the following|these formulas] satisfiable: {given}?",
    equivalence: "[Is|Tell me: is] {first} [equivalent to|the same as] {second}?",
  },
  {
    entailment: "[Does|Is] {quoted} [follow from|a consequence of] [these premises|the following]: {given}?",
    satisfiability: "[Check|Tell me] [whether|if] [these|the following] [are|can be] consistent: {given}.",
    equivalence: "[Check|Decide|Tell me] [whether|if] {first} and {second} are equivalent.",
  },
  {
    entailment: "[Suppose|Assume|We know] [that |]the following: {given}. Must it be true that {claim}?",
    satisfiability: "[Suppose someone claims|A friend says|Somebody claims] all of this: {given}. Is that possible?",
    equivalence:
      "[A friend says|Somebody claims] that {first} means the same as {second}. [Right|Is that right|Is it so]?",
  },
  {
    entailment: "[The premises are|The rules are|We have]:{lines}\n[Can we|May I|Can one] conclude {quoted}?",
    satisfiability:
      "[The rules are|The demands are|We have]:{lines}\n[Can|Could] [all of them|all the rules] be [met|kept] [at once|together]?",
    equivalence: "[Two formulas|Two statements|Look at these]:\n{first}\n{second}\n[Are they|Are the two] equivalent?",
  },
  {
    entailment: "[From|Out of] the premises {given}: [can we infer|may we infer|does one get] {quoted}?",
    satisfiability: "Is there [a way|some way|any way] to make [everything here|all of it|all this] true? {given}.",
    equivalence: "[Do|Will] {first} and {second} have the same truth table?",
  },
  {
    entailment: "{given}. Therefore {claim}. Is [this|the] argument valid?",
    satisfiability: "{given}. Is this [set|list|group] of statements [consistent|satisfiable]?",
    equivalence: "{first}. {second}. Do [both|these] say the same thing?",
  },
  {
    entailment:
      "[Logic question|A logic problem|Logic]: {given}. [Is it certain|Is it then sure|Can we be sure] that {claim}?",
    satisfiability: "[Logic question|A logic problem|Logic]: {given}. [Can this be|Could this be] satisfied?",
    equivalence: "[Logic question|A logic problem|Logic]: {first}, or {second}. Is there any difference in meaning?",
  },
  {
    entailment: "[Is it true|Is it right] that {claim} whenever all of these hold: {given}?",
    satisfiability: "Can [these|such] conditions hold together: {given}?",
    equivalence: "[Is it true|Is it right] that {first} is true in the same cases as {second}?",
  },
  {
    entailment: "[Valid or not|Is this inference valid|Valid argument]? {given}. [So|Hence|Thus] {claim}.",
    satisfiability: "[Consistent or not|Satisfiable or not|Possible or impossible]? {given}.",
    equivalence: "[Equivalent or not|Same or not]? {first} [|and|versus] {second}",
  },
  {
    entailment:
      "[It is given|It is known|I was told] that all this holds: {given}. [Would that mean|Does that mean] that {claim}?",
    satisfiability: "[It is said|I was told] that all this holds: {given}. [Can that be|Is it even possible]?",
    equivalence: "[Can I|May I|Can we] write {second} instead of {first} without changing the meaning?",
  },
  {
    entailment: "[Decide|Find out|Check] [whether|if] {quoted} is [entailed|implied] by [this|these]: {given}.",
    satisfiability:
      "[Decide|Find out] [whether|if] [some truth assignment satisfies|a model exists for] [this|these]: {given}.",
    equivalence: "[Decide|Find out] [whether|if] {first} [is equivalent to|says the same as] {second}.",
  },
  {
    entailment: "[Facts|Notes|What I know]:{lines}\n[Question|Asked|To decide]: is it a must that {claim}?",
    satisfiability:
      "[Facts|Notes|Demands]:{lines}\n[Question|Asked|To decide]: is there a contradiction, or is it satisfiable?",
    equivalence:
      "[Formulas|Statements|Claims]:\n- {first}\n- {second}\n[Question|Asked|To decide]: do they mean the same?",
  },
  {
    entailment:
      "[My teacher|A book|Someone] [says|writes|claims] {quoted} follows from this: {given}. [Correct|Is that correct]?",
    satisfiability:
      "[My teacher|A book|Someone] [wants|asks for|demands] all of this: {given}. [Is it possible|Is that doable]?",
    equivalence: "[My teacher|A book|Someone] [says|writes] {second} in place of {first}. Is that an equivalent form?",
  },
  {
    entailment: "If we [accept|believe] all of this: {given}, [do we have to|must we] [accept|believe] {quoted}?",
    satisfiability: "[Could|Can] we [accept|believe] all of this [without|and avoid] a contradiction: {given}?",
    equivalence:
      "If we [accept|believe] {first}, and only then, do we [accept|believe] {second}? In other words: are they equivalent?",
  },
  {
    entailment: "{given}. [Can|Could] it [still |]be false that {claim}, or does it follow?",
    satisfiability: "{given}. [Does|Will] [any|some] case satisfy [everything|all]?",
    equivalence: "[Does|Will] {first} always have the same value as {second}?",
  },
  {
    entailment: "[Check this argument|An argument]. Premises: {given}. Conclusion: {claim}.",
    satisfiability: "[Check these statements|A set of statements] for satisfiability: {given}.",
    equivalence: "[Check these|Two forms] for equivalence: {first}; {second}.",
  },
  {
    entailment:
      "[Using|With] only [this|what is said]: {given}, [can you prove|is it provable|can it be proved] that {claim}?",
    satisfiability: "[Look for|Try to find] a case where all [is|are] true: {given}. [Is there one|Does one exist]?",
    equivalence: "[Can you|Could you] prove that {first} is the same as {second}, or are they different?",
  },
];
