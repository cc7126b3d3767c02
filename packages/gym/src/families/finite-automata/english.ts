// How automata are asked about in English: the last state, acceptance, and a match with a regular expression. The held-out wordings were
// written first. {moves} stands on lines of its own.

import type { Wordings } from "../../wordings.ts";

/** One way to ask, for the last state, acceptance and a regular expression. */
export type Wording = readonly [state: string, accept: string, match: string];

export const ENGLISH: Wordings<Wording> = {
  heldOut: [
    [
      "Feed {word} to this device, which rests in {start} before any symbol (good ends: {accepting}).\n{moves}\nName the resting spot after all symbols.",
      "Feed {word} to this device, which rests in {start} before any symbol (good ends: {accepting}).\n{moves}\nHas it come to a good end?",
      "Is {word} one of the texts that the pattern {regex} describes in full?",
    ],
    [
      "{moves}\nEntry {start}, exits {accepting}. Chase {word} through this and name the last node visited.",
      "{moves}\nEntry {start}, exits {accepting}. Chase {word} through this: does it leave by an exit?",
      "Chase {word} through {regex}, symbol for symbol: success from end to end?",
    ],
    [
      "q = {start}; each symbol of {word} then changes q by these rules:\n{moves}\nReport q afterwards (F = {accepting}).",
      "q = {start}; each symbol of {word} then changes q by these rules:\n{moves}\nAfterwards, is q in F = {accepting}?",
      "L is the set that {regex} generates. True or not: {word} lies in L?",
    ],
  ],
  trained: [
    [
      "[A finite automaton|A DFA|This automaton] starts in {start}. [Accepting states|Accepting]: {accepting}. [Transitions|Its transitions]:\n{moves}\n[In which state does it end|Which state is it in] after reading {word}?",
      "[A finite automaton|A DFA|This automaton] starts in {start}. [Accepting states|Accepting]: {accepting}. [Transitions|Its transitions]:\n{moves}\n[Does it accept|Is it going to accept] [the word |]{word}?",
      "[Does|Will] the [word|string] {word} match the [regular expression|regex] {regex}?",
    ],
    [
      "Start state: {start}. Accepting states: {accepting}. Transitions:\n{moves}\nInput: {word}. [Final state?|Which state is reached?|Where does the run end?]",
      "Start state: {start}. Accepting states: {accepting}. Transitions:\n{moves}\nInput: {word}. [Accepted or not?|Is it accepted?]",
      "Regular expression: {regex}. Input: {word}. [Is it a match?|Does it match?]",
    ],
    [
      "{moves}\n[These are|Those are] the transitions of [an automaton|a machine|a DFA] with start state {start} and accepting states {accepting}. [Which state does {word} lead to?|Where does {word} lead?]",
      "{moves}\n[These are|Those are] the transitions of [an automaton|a machine|a DFA] with start state {start} and accepting states {accepting}. Is {word} accepted?",
      "Is the [word|string] {word} matched by {regex}?",
    ],
    [
      "Run the automaton on {word}. It begins in {start} and accepts in {accepting}.\n{moves}\n[Give|Write] the state in which it stops.",
      "Run the automaton on {word}. It begins in {start} and accepts in {accepting}.\n{moves}\n[Answer yes or no: does|Does] it accept?",
      "Match {word} [against|with] the [regular expression|regex] {regex}. [Answer yes or no.|Yes or no?]",
    ],
    [
      "[Consider|Take] the finite state machine below; the initial state is {start}, the final states are {accepting}.\n{moves}\nWhat is the current state after [the input|the word] {word}?",
      "[Consider|Take] the finite state machine below; the initial state is {start}, the final states are {accepting}.\n{moves}\nIs [the input|the word] {word} recognised?",
      "[Consider|Take] the [regular expression|regex] {regex}. Does it describe the whole word {word}?",
    ],
    [
      "The machine reads {word}, letter by letter, from state {start} on; {accepting} would be accepting.\n{moves}\n[Tell me|Say] [its last state|the state at the end].",
      "The machine reads {word}, letter by letter, from state {start} on; {accepting} would be accepting.\n{moves}\n[Tell me|Say] [whether it accepts|if the word is accepted].",
      "[Tell me|Say] [whether|if] the [regex|regular expression] {regex} fits the whole of {word}.",
    ],
    [
      "DFA, initial {start}, accepting {accepting}:\n{moves}\n[Trace|Simulate] {word}. [What is the end state?|In which state does the trace end?]",
      "DFA, initial {start}, accepting {accepting}:\n{moves}\n[Trace|Simulate] {word}. [Is the word accepted?|Does the DFA accept?]",
      "[Can|Could] {word} be [produced|derived] from the [regular expression|regex] {regex}?",
    ],
    [
      "[Can|Could] you follow [the word |]{word} through this automaton? We start at {start}; the accepting states are {accepting}.\n{moves}\nAt which state do we arrive?",
      "[Can|Could] you follow [the word |]{word} through this automaton? We start at {start}; the accepting states are {accepting}.\n{moves}\nDo we arrive at an accepting state?",
      "Does [the whole string|all of] {word} belong to the language of {regex}?",
    ],
    [
      "[My homework has|There is] an automaton that begins at {start} and has {accepting} as accepting states. Its moves:\n{moves}\n[Find|Work out] the state after {word}.",
      "[My homework has|There is] an automaton that begins at {start} and has {accepting} as accepting states. Its moves:\n{moves}\n[Find|Work out] whether {word} is in its language.",
      "[Find|Work out] whether {word} is in the language of the [regular expression|regex] {regex}.",
    ],
  ],
};
