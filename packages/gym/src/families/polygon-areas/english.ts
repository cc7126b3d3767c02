// The English wordings of areas and perimeters, the held-out ones first: they were written first. Slots as in wordings.ts.

import type { KindTexts } from "../../kind-wordings.ts";
import type { Kind } from "./problem.ts";

export const ENGLISH: KindTexts<Kind> = {
  heldOut: {
    polygon: [
      "Stakes are driven in at {points}, and a fence joins them in turn. How large an area does this {shape} enclose?",
      "A sailmaker cuts a {shape} whose tips are {points}. Tell its area.",
      "Shade the inside of the {shape} with {points}, taken in sequence; report the shaded area.",
    ],
    outline: [
      "Stakes are driven in at {points}, and a fence joins them in turn. Tell the perimeter of that {shape}.",
      "Walk along the border of a {shape} by way of {points}, then back. Report the perimeter walked.",
      "A frame bends at {points} and closes up as a {shape}. Which perimeter does it come to?",
    ],
    area: [
      "A rug {a} m by {b} m fills a rectangular hall. Tell its area in square metres.",
      "Report which area a rectangular field covers that is {a} m along and {b} m across.",
      "Sail cloth comes as a rectangle, {a} cm against {b} cm. How large an area is that?",
    ],
    perimeter: [
      "A rug {a} m by {b} m fills a rectangular hall. Tell its perimeter in metres.",
      "Report which perimeter a rectangular field has that is {a} m along and {b} m across.",
      "Sail cloth comes as a rectangle, {a} cm against {b} cm. How large a perimeter is that?",
    ],
    side: [
      "A rectangular hall of {a} square metres measures {b} m one way. Tell what it measures the other way.",
      "Report how far across a rectangular field reaches if it is {b} m along and covers {a} square metres.",
      "Sail cloth, a rectangle of {a} square centimetres, {b} cm at one edge: and at the other edge?",
    ],
  },
  trained: {
    polygon: [
      "[What is|Find|Compute] the area of the {shape} with corners {points}[?|.]",
      "A {shape} has the vertices {points}. [What is its area?|Find its area.]",
      "[How large is|Give] the area of the {shape} {points}[?|.]",
      "Corners in order: {points}\nArea of the {shape}[?|: ?]",
      "[Given is|We have] a {shape} with vertices {points}, in this order. [State|Write down] its area.",
      "[If|When] a {shape} goes through the corners {points}, what is its area?",
      "A garden is a {shape}; on the map its corners are {points}. [Find|Give] its area in square units.",
      "[Can|Could] you [please |]work out the area of the {shape} with corners {points}?",
    ],
    outline: [
      "[What is|Find|Compute] the perimeter of the {shape} with corners {points}[?|.]",
      "A {shape} has the vertices {points}. [What is its perimeter?|Find its perimeter.]",
      "Corners in order: {points}\nPerimeter of the {shape}[?|: ?]",
      "[Given is|We have] a {shape} with vertices {points}, in this order. [State|Write down] its perimeter.",
      "[Can|Could] you [please |]work out the perimeter of the {shape} with corners {points}?",
    ],
    area: [
      "A rectangle is {a} cm long and {b} cm wide. [What is its area?|Find its area.]",
      "[What is|Find|Compute] the area of a rectangle with sides {a} and {b}[?|.]",
      "A rectangular [garden|room|yard] has a length of {a} m and a width of {b} m. [How many square metres is that?|How large is its area?]",
      "Rectangle: {a} by {b}\nArea[?|: ?]",
      "[Can|Could] you [please |]work out the area of a rectangle of {a} by {b}?",
    ],
    perimeter: [
      "A rectangle is {a} cm long and {b} cm wide. [What is its perimeter?|Find its perimeter.]",
      "[What is|Find|Compute] the perimeter of a rectangle with sides {a} and {b}[?|.]",
      "A rectangular [garden|room|yard] has a length of {a} m and a width of {b} m. [How long is a fence around it?|How large is its perimeter?]",
      "Rectangle: {a} by {b}\nPerimeter[?|: ?]",
      "[Can|Could] you [please |]work out the perimeter of a rectangle of {a} by {b}?",
    ],
    side: [
      "A rectangle has an area of {a} and one side of {b}. [How long is the other side?|Find the other side.]",
      "[What is|Find|Compute] the width of a rectangle with area {a} and length {b}[?|.]",
      "A rectangular [garden|room|yard] has an area of {a} square metres and a length of {b} m. [How wide is it?|Give its width.]",
      "Rectangle: area {a}, length {b}\nWidth[?|: ?]",
      "[Can|Could] you [please |]work out the width of a rectangle with an area of {a} and a length of {b}?",
    ],
  },
};
