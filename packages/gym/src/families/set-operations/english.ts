// The English wordings of problems of sets, the held-out ones first: they were written first. Each has a text for elements ({sets} and
// {expression}), one for sizes ({facts} and {what}) and one for counts ({facts}, and {question} without its mark).

import type { Wording } from "./wordings.ts";

export const HELD_OUT_EN: readonly Wording[] = [
  {
    elements: "Out of {sets}, please write up {expression}.",
    sizes: "When {facts}, what size has {what}?",
    counts: "A survey says: {facts}. {question}?",
  },
  {
    elements: "{sets} lie before you. Which items make up {expression}?",
    sizes: "{facts}. State the number of members in {what}.",
    counts: "From a poll: {facts}. Work this out: {question}?",
  },
  {
    elements: "Jot down {expression}, if {sets}.",
    sizes: "What cardinal number belongs to {what}, provided {facts}?",
    counts: "{facts}: so goes the tally. Now then, {question}?",
  },
];

export const TRAINED_EN: readonly Wording[] = [
  {
    elements: "[Let|Given] {sets}. [Find|Determine|List the elements of] {expression}.",
    sizes: "[Let|Given] {facts}. How many elements does {what} have?",
    counts: "In a [class|club|group], {facts}. {question}?",
  },
  {
    elements: "{sets}. What is {expression}?",
    sizes: "{facts}. How many elements are there in {what}?",
    counts: "In [a school|a village|our street], {facts}. {question}?",
  },
  {
    elements: "[What is|Which set is] {expression} [if|when|for] {sets}?",
    sizes: "[What is|Find] the [size|number of elements] of {what} if {facts}.",
    counts: "[We asked some people|I asked my friends]: {facts}. {question}?",
  },
  {
    elements: "[Compute|Find|Work out] {expression}, where {sets}.",
    sizes: "How [large|big] is {what}, where {facts}?",
    counts: "{facts}. {question}?",
  },
  {
    elements:
      "[Consider the sets|Take the sets|We have the sets] {sets}. [Which elements belong to|Write down] {expression}[?|]",
    sizes: "[Suppose|We know that] {facts}. [Count the elements of|Find the size of] {what}.",
    counts: "[Suppose|We know] that {facts}. {question}?",
  },
  {
    elements: "Sets: {sets}\n[Asked|To find]: {expression}",
    sizes: "Sets: {facts}\n[Asked|To find]: the number of elements of {what}",
    counts: "[Facts|Survey]: {facts}\n[Asked|Question]: {question}?",
  },
  {
    elements: "[Can you|Could you] [give me|list] {expression} for {sets}?",
    sizes: "[Can you|Could you] tell me how many elements {what} has? {facts}.",
    counts: "[Can you|Could you] help me with this? {facts}. {question}?",
  },
  {
    elements: "I [have|need] {expression}, and {sets}. [Which elements are in it|What is it]?",
    sizes: "I need the [size|cardinality] of {what}: {facts}.",
    counts: "[At a party|On a trip|In a team], {facts}. {question}?",
  },
  {
    elements: "[If|When] {sets}, then {expression} is [which set|what]?",
    sizes: "[If|When] {facts}, then {what} has how many elements?",
    counts: "[If|When] {facts}, {question}?",
  },
];
