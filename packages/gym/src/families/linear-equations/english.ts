// The English wordings of linear equations, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import {
  ACTION_NOUNS,
  BARE_NOUNS,
  GERUND,
  IMPERATIVE,
  inActions,
  inWords,
  LISTED_NOUNS,
  OTHER_DO,
  oneSided,
  PASSIVE,
  PAST,
  story,
  type Wording,
} from "./sentences.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    "Which value of {x} makes {eq} a true statement?",
    "Given that {eq}, determine the unknown {x}.",
    inActions("en", "Someone takes {X}; {actions} leads to {right}. Name that starting number.", BARE_NOUNS, true),
  ],
  trained: [
    "[Solve|Solve:|Please solve] {eq}[ for {x}|].",
    "Solve the [linear |]equation {eq}[ for {x}|].",
    "[What is|Find|What's|Give me] {x} [if|when|in|where] {eq}?",
    "[If|When|Suppose] {eq}, [what is {x}|what does {x} equal|how large is {x}|find {x}]?",
    "{eq}[, {x} = ?|; {x}=?|. {x}?|. Find {x}.|]",
    "Find [the value of|the unknown|the number] {x} [with|such that|so that|for which] {eq}[| holds].",
    "[Determine|Calculate|Compute|Work out|Get] {x}[:| from| from the equation] {eq}",
    "For [which|what] {x} [is|does] {eq}[ hold| true]?",
    "[Isolate|Solve for|Find] {x}: {eq}",
    "The equation {eq} [is given|has one solution]. [Find it.|What is it?|What is {x}?]",
    "[Can|Could] you [please |]solve {eq}[ for me|]?",
    "[What is|Find|State] the [solution|root] of [the equation |]{eq}?",
    inWords("en", "{noun} [is|equals|gives|makes|is equal to] {right}. [Find|What is|Determine] the number."),
    inWords("en", "If {noun} [is|equals|is the same as] {right}, [what is the number|what number is it]?"),
    inActions(
      "en",
      "I think of {X}, {actions}, and [get|obtain|the result is|the value is] {right}. What [was it|is my number|number was it]?",
      IMPERATIVE,
    ),
    inActions(
      "en",
      "Take {X}. [After|By] {actions} [we get|you get|one gets] {right}. [Find|What is] the number.",
      GERUND,
    ),
    story(
      "en",
      "{unit} {things} cost {a} euros each, and {b} euros are added for [delivery|the box|the trip]. The [total|bill] is {c} euros. How many {things} is {unit}?",
      "{noun} [is|equals] {right}. [Which|What] number is [meant|that]?",
    ),
    inWords("en", "[Find|Determine|I am looking for] the number: {noun} [is|equals|gives] {right}."),
    inActions(
      "en",
      "With {actions}, {X} [becomes|turns into] {right}. [What was the number?|Find the number.]",
      ACTION_NOUNS,
    ),
    "{eq} [holds|is the equation|is what we have]. [How large is {x}?|Which number is {x}?|Say what {x} is.]",
    "[What is|How large is|Which number is] {x}? [The equation is|We know that|It holds that|Here is the equation:] {eq}[.|]",
    "[Equation|Exercise|To solve]: {eq}\n[Unknown|Wanted|Find]: {x}",
    "I [have|wrote|found] the equation {eq} and [want|need|look for] {x}. [Help me.|What is it?|How large is it?]",
    "The equation says {eq}. [So {x} is what?|Now find {x}.|What follows for {x}?]",
    "[Bring|Get|Put] {x} [alone|by itself|on one side] in {eq}[.| and give its value.| and say what it is.]",
    "[A student writes|The teacher wrote|In the book I see] {eq}. [For which {x} is it right?|Which {x} fits?]",
    oneSided(
      "en",
      "[You get|We have|We see] {right} [from|if we take|for] {noun}. [Find|What is] the number.",
      "{noun} and {right} are [equal|the same]. [Find|What is] the number.",
    ),
    inWords(
      "en",
      "[There is|Imagine|Think of] a number with this property: {noun} [is|equals|gives] {right}. [Which one is it?|What is it?]",
    ),
    inActions(
      "en",
      "[My friend|Ann] [wrote down|chose|picked] {X}, {actions}, and [ended with|got] {right}. [Which number was chosen?|What number was it?]",
      PAST,
    ),
    inActions(
      "en",
      "{X} is {actions}; the [result|outcome|answer] is {right}. [What is the number?|Find the number.]",
      PASSIVE,
    ),
    inActions(
      "en",
      "[Start with|Choose|Pick] {X}. [Then |Now ]{actions}. [Now you have|This gives] {right}. [Find the number.|Which number was it?]",
      OTHER_DO,
    ),
    inActions(
      "en",
      "[A machine|A robot|My program] [reads|is fed] {X}. [Its work is|It does] {actions}; the [output|outcome] is {right}. [Which number was read?|Find the number.]",
      LISTED_NOUNS,
    ),
    inActions(
      "en",
      "{X} [goes through|undergoes|is put through] {actions} and [ends as|comes out as|turns into] {right}. [What is it?|Which one is it?]",
      LISTED_NOUNS,
    ),
    story(
      "en",
      "A [taxi|plumber|gardener] charges {b} euros at first and {a} euros for each [hour|visit|trip]. For {unit} of them the [bill|price] is {c} euros. How large is {unit}?",
      "My question is this: {noun} [is|equals] {right}, [so which number is it?|so what is the number?]",
    ),
    inWords("en", "[What is the number|Which number is it|What number is meant] if {noun} [is|equals|gives] {right}?"),
    "[Which|What] {x} [satisfies|fulfils|solves|fits] {eq}[?| here?| exactly?]",
    inActions(
      "en",
      "[Somebody|My sister|The boy] [likes|knows|has] {X}; {actions} [bring|brought] [her|him|us] to {right}. [Which one is it?|Which number was it?]",
      LISTED_NOUNS,
    ),
  ],
};
