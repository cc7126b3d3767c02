// Mathematics as models write it, in LaTeX, plain text and Chinese: each pair reads, and says the same (or is refuted, or left open).

import assert from "node:assert/strict";
import { test } from "node:test";
import { equivalent } from "../src/index.ts";

const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(" | ") as [string, string]);

const SAME = pairs(String.raw`
3\frac12 | 3.5
3 1/2 | 3.5
-3\frac{1}{2} | -3.5
5又3/4 | 23/4
3½ | 7/2
1,234 | 1234
12,345.5+1 | 12346.5
1{,}234 | 1234
10\,000 | 10000
(1,234) | (1,234)
100,200,300 | \{300,200,100\}
25\% | 0.25
25\% of 80 | 20
百分之50 | 1/2
90^\circ | pi/2
\sin 30^{\circ} | 1/2
3^{\circ}30' | 3.5^\circ
45度 | \pi/4
\log_{10} 100 | \lg 100
\log_2 8 | 3
\coth x | 1/\tanh(x)
\operatorname{sech} x | 1/\cosh x
\operatorname{arcsinh}(x) | \ln(x+\sqrt{x^2+1})
\sinh^{-1} x | ln(x+sqrt(x^2+1))
\tanh^{-1}(x) | \frac12\ln\frac{1+x}{1-x}
\frac{d}{dx}(x^2+1) | 2x
\frac{d}{dx}\left[x^2\sin x\right] | 2x sin x+x^2cos x
\frac{d^2}{dx^2}(x^3) | 6x
d/dx(x^3) | 3x^2
\frac{\mathrm{d}}{\mathrm{d}x}\sin x | \cos x
f'(x)=2x | f'(x)=x*2
f(x)=x^2+1 | x^2+1
\int_0^1 x^2 dx | 1/3
\int 2x\,dx | x^2+C
\int_0^{\pi}\sin x\,\mathrm{d}x | 2
\sum_{k=1}^{10} k | 55
\prod_{k=1}^5 k | 5!
\binom{5}{2} | C(5,2)
C_5^2 | 10
P(5,2) | 20
\frac{10!}{3!7!} | 120
(n+1)!/n! | n+1
\binom{n}{2} | n(n-1)/2
\sqrt[3]{27} | 3
\sqrt[n]{x} | x^{1/n}
∛8 | 2
i^2 | -1
(1+2i)(3-i) | 5+5i
\frac{1}{1+i} | \frac{1-i}{2}
e^{i\pi} | -1
\sqrt{-4} | 2i
|3+4i| | 5+0i
x=\pm i | x=i \text{ or } x=-i
\emptyset | \{\}
无解 | \text{no solution}
\mathbb{R} | (-\infty,\infty)
\mathbb{R}\setminus\{2\} | x\ne 2
(-\infty,2]\cap[0,5) | [0,2]
(-\infty,1)\cup(2,3] | x<1 or 2<x<=3
x \in [1, 2] \cup [3, 4] | [1,2] U [3,4]
x>0且x<3 | 0<x<3
x大于3或x小于-2 | x<-2 or x>3
x=3或-2 | x=3 or x=-2
x = 3 or x = -2 | (x-3)(x+2)=0
x₁=1, x₂=2 | x=1 or x=2
\begin{pmatrix}1&2\\3&4\end{pmatrix} | [[1,2],[3,4]]
\begin{pmatrix}1\\2\end{pmatrix} | (1,2)
\begin{vmatrix}1&2\\3&4\end{vmatrix} | -2
\begin{cases} x+y=3 \\ x-y=1 \end{cases} | x=2,y=1
\left\{\begin{array}{l}2x+y=5\\x-y=1\end{array}\right. | (x,y)=(2,1)
5 cm | 50 mm
5\text{ cm} | 0.05 m
3\,\mathrm{m/s} | 10.8 km/h
2小时 | 120分钟
5米 | 500厘米
3 \text{ square meters} | 30000\text{ cm}^2
25°C | 77°F
1.5 \times 10^3 | 1.5e3
6.02 \cdot 10^{23} | 6.02E23
0.\overline{3} | 1/3
0.1\overline{6} | 1/6
0.\dot{1}4285\dot{7} | 1/7
x \approx 3.14 | x=3.14
约等于3.14 | ≈3.14
\boxed{x=5} | x=5
x^{-1} | x⁻¹
2^{10} | 2¹⁰
\lfloor 2.5\rfloor | 2
⌈x+1⌉ | ⌈x⌉+1
\max(1,x) | \frac{1+x+|x-1|}{2}
\gcd(4,6) | 2
2sec(x) | 2/cos(x)
3min(1,x) | 3\min(x,1)
5 min | 300 seconds
17 \bmod 5 | 2
x\equiv 2\pmod 5 | x≡7 (mod 5)
2x \equiv 1 \pmod{5} | x \equiv 3 \pmod{5}
3:4 | 6∶8
3比4 | 3/4
2\sqrt{3}\cos\theta | 2sqrt(3)cos(θ)
+∞ | \infty
a_{n+1}=2a_n | 2a_n=a_{n+1}
\vec{a}+\vec{b} | b+a
`);

const DIFFERENT = pairs(String.raw`
3 1/2 | 3/2
x=1,y=2 | x=2,y=1
x=5 | y=5
5 cm | 5
5 cm | 5 m
\frac{d}{dx}(x^2) | x^2
\int_0^1 x dx | 1
1+i | 1-i
[[1,2],[3,4]] | [[1,3],[2,4]]
\infty | -\infty
\infty | 7
x\equiv 2\pmod 5 | x\equiv 3\pmod 5
\begin{cases} x+y=3 \\ x-y=1 \end{cases} | x=1,y=2
\binom{5}{2} | 20
\lfloor -2.5\rfloor | -2
\mathbb{R}\setminus\{2\} | x\ne 3
25°C | 25°F
\approx 3.3 | \pi
`);

/** What mathematics leaves open, or what rounding can't prove. */
const OPEN = pairs(String.raw`
\approx 3.33 | 10/3
x≈1.41 | x=\sqrt2
\int 2x\,dx | \int 2x\,dx+
x^2+1=(x+i)(x-i) | x^2+1=(x-i)(x+i)
`);

for (const [a, b] of SAME) {
  test(`${a} says the same as ${b}`, () => {
    assert.deepEqual([equivalent(a, b).verdict, equivalent(b, a).verdict], ["proved", "proved"]);
  });
}

for (const [a, b] of DIFFERENT) {
  test(`${a} is not ${b}`, () => {
    assert.deepEqual([equivalent(a, b).verdict, equivalent(b, a).verdict], ["refuted", "refuted"]);
  });
}

for (const [a, b] of OPEN) {
  test(`${a} and ${b} stay open`, () => {
    assert.equal(equivalent(a, b).verdict, "unknown");
  });
}
