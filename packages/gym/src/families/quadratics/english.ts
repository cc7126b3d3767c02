// The English wordings of quadratic equations, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { Wordings } from "../../wordings.ts";
import { asProduct, DO_EN, HELD_OUT_EN, inActions, inWords, PAST_EN, type Wording } from "./words.ts";

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    "At which points {x} is {eq} a true statement?",
    "Consider {eq} and name every real {x} that makes both sides equal.",
    inActions("An unknown number {U}{actions}: that comes to {r}. Which numbers may it have been?", HELD_OUT_EN),
  ],
  trained: [
    "[Solve|Solve:|Please solve] {eq}[ for {x}|].",
    "Solve the [quadratic |]equation {eq}[ for {x}|].",
    "[What are|Find|Determine|Give me] the [solutions|roots|zeros] of {eq}[.|?]",
    "{eq}[, {x} = ?|; {x}=?|. {x}?|. Find {x}.|]",
    "[If|When|Suppose] {eq}, [what is {x}|which values can {x} have|find {x}]?",
    "[Find|Compute|Work out|Determine] all [real |]{x} [with|such that|so that] {eq}[| holds].",
    "[Find|List|State] [the|all] real [roots|solutions]: {eq}",
    "[Can|Could] you [please |]solve {eq}[ for me|]?",
    "Which {x} [satisfy|fulfil|solve|fit] {eq}?",
    "[Use the quadratic formula|By the quadratic formula, solve|Use the discriminant]: {eq}",
    "[Equation|Exercise|To solve]: {eq}\n[Unknown|Wanted|Find]: {x}",
    "The [quadratic |]equation {eq} is given. [Solve it.|What are its roots?|What is {x}?]",
    "I [have|wrote|found] {eq} and [want|need|look for] {x}. [Help me.|What is it?]",
    "[What are|Which are] the [roots|solutions]? [The equation is|Here is the equation:|We have] {eq}[.|]",
    inWords("en", "{noun} [is|equals|gives] {r}. [Find the number.|What is the number?|Which numbers fit?]"),
    inWords("en", "[Find|Determine|I am looking for] all numbers with this property: {noun} [is|equals|gives] {r}."),
    inActions("I think of {X}, {actions}, and [get|obtain] {r}. What [was my number|can it be]?", DO_EN),
    inWords("en", "If {noun} [is|equals] {r}, [what is the number|which number is it]?"),
    asProduct(
      "en",
      "{X} times the number that is {b} [larger|greater] [is|gives|equals] {r}. [Find both possibilities.|Which number is it?]",
      "{X} times the number that is {b} [smaller|less] [is|gives|equals] {r}. [Find both possibilities.|Which number is it?]",
      "My question is this: {noun} [is|equals] {r}, [so which number is it?|so what is the number?]",
    ),
    "[Solve for|Isolate|Find] {x}: {eq}",
    "[My homework says|On the board stands|The teacher wrote] {eq}. [Which {x} are right?|What is {x}?]",
    "How do I [solve|get {x} from] {eq}?",
    inActions(
      "[Ann|Tom|My friend] [took|chose|picked] {X}, {actions}, and [got|ended with] {r}. [Which number was it?|What was the number?]",
      PAST_EN,
    ),
  ],
};
