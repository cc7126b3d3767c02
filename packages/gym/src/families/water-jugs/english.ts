// The English wordings of jug puzzles, the held-out ones first: they were written first. Slots: {p}, {q}, {r} what the jugs hold, {t} and {amount} the
// amount without and with its unit, {unit} and {units}, {vessel} and {vessels}, {forms} how moves are written in the answer.

import type { JugWords } from "./wordings.ts";

export const HELD_OUT_EN: readonly JugWords[] = [
  {
    tap: "Beside a river stand two unmarked {vessels}, one for {p} {units}, one for {q}.",
    full: "On a table stand three unmarked {vessels}. Their capacities: {p}, {q}, {r} {units}. The biggest is brimful, its neighbours are vacant.",
    plan: "Bring {amount} into one of them. Note every filling, emptying or pouring briefly, say {forms}.",
    pour: "Bring {amount} into one of them. Note every pouring briefly, say {forms}.",
    least: "Bring {amount} into one of them. Fillings, emptyings and pourings together: how few suffice?",
    leastPours: "Bring {amount} into one of them. How few pourings suffice?",
  },
  {
    tap: "Sizes {p} and {q} ({units}), no scale on either {vessel}, any amount from the well.",
    full: "Sizes {p}, {q}, {r} ({units}), no scale on any {vessel}; all our milk is in the {p}, up to its rim.",
    plan: "Which series of operations leaves {t} behind at last? Operations look so: {forms}.",
    pour: "Which series of transfers leaves {t} behind at last? Transfers look so: {forms}.",
    least: "State how short a series of fills, empties and transfers can be that leaves {t} behind at last.",
    leastPours: "State how short a series of transfers can be that leaves {t} behind at last.",
  },
  {
    tap: "A cook owns a {vessel} of {p} {units} plus another of {q}, and has a hose.",
    full: "A cook owns {vessels} of {p}, {q} plus {r} {units}, with broth only in the first, which cannot take more.",
    plan: "Her recipe wants {amount} to the drop. Tell her what to do, in the style {forms}.",
    pour: "Her recipe wants {amount} to the drop. Tell her what to do, in the style {forms}.",
    least:
      "Her recipe wants {amount} to the drop. Each time she fills, drains or tips over one {vessel} counts. Minimal count?",
    leastPours:
      "Her recipe wants {amount} to the drop. Each time she tips one over into another counts. Minimal count?",
  },
];

export const TRAINED_EN: readonly JugWords[] = [
  {
    tap: "You have a {p}-{unit} {vessel} and a {q}-{unit} {vessel}, both empty, and [a tap|as much water as you like].",
    full: "You have a {p}-{unit} {vessel} full of water and two empty ones that hold {q} and {r} {units}.",
    plan: "How [can you|do you] measure exactly {amount}? [Write|Give] the moves like this: {forms}.",
    pour: "How [can you|do you] get exactly {amount} into one {vessel} by pouring? [Write|Give] the moves like this: {forms}.",
    least:
      "[What is the least number of moves|How many moves are needed at least] to measure exactly {amount}? (A move fills a {vessel}, empties one or pours one into the other.)",
    leastPours:
      "[What is the least number of moves|How many moves are needed at least] to get exactly {amount} in one {vessel}? (A move pours one into another.)",
  },
  {
    tap: "[Two|Two unmarked] {vessels} hold {p} and {q} {units}. You can fill them from a tap, empty them, or pour one into the other until it is full or the other is empty.",
    full: "[Three|Three unmarked] {vessels} hold {p}, {q} and {r} {units}. The {p}-{unit} one is full, the others are empty. You can pour one into another until it is full or the other is empty.",
    plan: "Find a way to get {amount} in one of the {vessels}. Answer with moves such as {forms}.",
    pour: "Find a way to get {amount} in one of the {vessels}. Answer with moves such as {forms}.",
    least: "Find the smallest number of moves that [gives|gets] {amount} in one of the {vessels}.",
    leastPours: "Find the smallest number of moves that [gives|gets] {amount} in one of the {vessels}.",
  },
  {
    tap: "Water jug problem: the {vessels} hold {p} and {q} {units}, [both are empty at first|both start empty], and there is a tap.",
    full: "Water jug problem without a tap: the {vessels} hold {p}, {q} and {r} {units}, [the first is full, the others empty|only the first is full].",
    plan: "Goal: {amount} in a {vessel}. [Steps|Moves] in the form {forms}.",
    pour: "Goal: {amount} in a {vessel}. [Steps|Moves] in the form {forms}.",
    least: "Goal: {amount} in a {vessel}. [Fewest|Least number of] steps (fill, empty or pour)?",
    leastPours: "Goal: {amount} in a {vessel}. [Fewest|Least number of] steps (pour)?",
  },
  {
    tap: "I [only have|have only] a {vessel} for {p} {units} and a {vessel} for {q} {units}, and a tap.",
    full: "I have {p} {units} of juice in a {vessel} that is full, and two empty {vessels} for {q} and {r} {units}.",
    plan: "I [need|want] {amount}. What should I do, move by move? Moves: {forms}.",
    pour: "I [need|want] {amount} in one of the {vessels}. What should I do, move by move? Moves: {forms}.",
    least: "I [need|want] {amount}. How many fillings, emptyings and pourings must I make [at least|at the minimum]?",
    leastPours:
      "I [need|want] {amount} in one of the {vessels}. How many pourings must I make [at least|at the minimum]?",
  },
  {
    tap: "[A farmer|A camper|A cook] has two {vessels}, {p} {units} and {q} {units}, and a lake nearby. The {vessels} have no marks.",
    full: "[A farmer|A camper|A cook] has three {vessels}, {p} {units}, {q} {units} and {r} {units}. The largest is full, the other two are empty, and none has marks.",
    plan: "[What sequence of actions|Which actions] will leave exactly {amount} in one of them? Use the notation {forms}.",
    pour: "[What sequence of pours|Which pours] will leave exactly {amount} in one of them? Use the notation {forms}.",
    least:
      "How many actions (filling, emptying, pouring over) does it take [at least|at minimum] to have exactly {amount} in one of them?",
    leastPours: "How many pours does it take [at least|at minimum] to have exactly {amount} in one of them?",
  },
  {
    tap: "{Vessels} of {p} and {q} {units}; unlimited water; measure {amount}.",
    full: "{Vessels} of {p}, {q} and {r} {units}; the first one full, the rest empty; measure {amount}.",
    plan: "[Show|List] the moves, written as {forms}.",
    pour: "[Show|List] the pours, written as {forms}.",
    least:
      "What is the minimum number of moves [(fill, empty, pour)|(filling, emptying and pouring each count as one)]?",
    leastPours: "What is the minimum number of [moves|pours]?",
  },
  {
    tap: "[Suppose|Say] a {vessel} holds {p} {units} and another one holds {q} {units}. Each can be filled to the brim or emptied, and water can be poured between them.",
    full: "[Suppose|Say] a {vessel} holding {p} {units} is full, and two more, holding {q} and {r} {units}, are empty. Water can be poured between them, but there is no more of it.",
    plan: "How would you end up with {amount} in one {vessel}? Please use [short moves|this notation]: {forms}.",
    pour: "How would you end up with {amount} in one {vessel}? Please use [short moves|this notation]: {forms}.",
    least: "What is the [shortest|smallest] number of moves to end up with {amount} in one {vessel}?",
    leastPours: "What is the [shortest|smallest] number of moves to end up with {amount} in one {vessel}?",
  },
  {
    tap: "With a {q}-{unit} {vessel} next to a {p}-{unit} {vessel} at the sink,",
    full: "With a full {p}-{unit} {vessel} next to empty {vessels} of {q} and {r} {units},",
    plan: "[measure out|get] {amount}. [Answer|Reply] as a list like {forms}.",
    pour: "[measure out|get] {amount}. [Answer|Reply] as a list like {forms}.",
    least:
      "how many steps (filling one, emptying one, pouring one over) are [necessary|required] to [measure out|get] {amount}?",
    leastPours: "how many steps (pouring one over) are [necessary|required] to [measure out|get] {amount}?",
  },
  {
    tap: "[Puzzle|Riddle]: two empty {vessels} ({p} and {q} {units}), a fountain, and no other measure.",
    full: "[Puzzle|Riddle]: three {vessels} ({p}, {q} and {r} {units}), the largest filled to the top, the two smaller ones empty.",
    plan: "One {vessel} must hold {amount} in the end. Give the plan as {forms}.",
    pour: "One {vessel} must hold {amount} in the end. Give the plan as {forms}.",
    least:
      "One {vessel} must hold {amount} in the end. Count the moves of the shortest plan, where a move is one filling, emptying or pouring.",
    leastPours:
      "One {vessel} must hold {amount} in the end. Count the moves of the shortest plan, where a move is one pouring.",
  },
];
