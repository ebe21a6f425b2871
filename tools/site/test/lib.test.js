import assert from "node:assert/strict";
import {test} from "node:test";

import {codeBlock, highlightLines} from "../lib/code.js";
import {sideBySide} from "../lib/diff.js";
import {alignGraphs, graphLines, operatorCounts} from "../lib/graph.js";
import {compareVersions, derive, readExport, toneOf} from "../lib/load.js";
import {differencePicture} from "../lib/picture.js";
import {duration, forestPlot} from "../lib/plots.js";
import {temporary, write} from "./support.js";

const withoutTags = (html) => html.replace(/<[^>]*>/g, "");

test("a span that goes on over lines is closed and opened again", () => {
  const lines = highlightLines("/* one\ntwo */ int x;");
  for (const line of lines) assert.equal(line.split("<span").length, line.split("</span").length, line);
  assert.deepEqual(lines.map(withoutTags), ["/* one", "two */ int x;"]);
});

test("code is text, whatever it says", () => {
  assert.ok(!codeBlock('x = "</code><script>alert(1)</script>";', 'a "label"').includes("<script>"));
});

test("a difference marks lines and words, and keeps the syntax", () => {
  const html = sideBySide({name: "a", text: "int x = 1;\nreturn x;\n"}, {name: "b", text: "int x = 2;\nreturn x;\n"});
  assert.match(html, /<del>.*1.*<\/del>/);
  assert.match(html, /<ins>.*2.*<\/ins>/);
  assert.match(html, /class="h-keyword">return</);
  assert.equal(html.match(/<div class="del"/g).length, 1);
});

test("a difference of markup is text", () => {
  const html = sideBySide({name: "a", text: "<em>&amp;\n"}, {name: "b", text: "<script>\n"});
  assert.ok(!html.includes("<em>") && !html.includes("<script>"));
});

test("equal files are said to be equal", () => {
  assert.match(sideBySide({name: "a", text: "x\n"}, {name: "b", text: "x\n"}), /a and b are the same/);
});

const GRAPH = `graph(%x.1 : Double(2, 4, strides=[4, 1], requires_grad=0, device=cpu)):
  %5 : int = prim::Constant[value=1]()
  %7 : Tensor = prim::profile[profiled_type=Double(2, 4, strides=[4, 1], requires_grad=0, device=cpu), seen_none=0](%x.1)
  %8 : Tensor = aten::add(%7, %x.1, %5) # <string>:2:9
  return (%8)
`;

test("graph lines leave out what only the executor needs", () => {
  assert.deepEqual(graphLines(GRAPH), ["graph(%x.1 : Tensor):", "  %5 : int = prim::Constant[value=1]()",
    "  %8 : Tensor = aten::add(%x.1, %x.1, %5)", "  return (%8)"]);
});

test("graphs that differ in the numbers of their values only are equal", () => {
  const other = GRAPH.replaceAll("%5", "%105").replaceAll("%8", "%y.3").replaceAll("%x.1", "%in");
  const {left, right} = alignGraphs(GRAPH, other);
  assert.deepEqual(left, right);
});

test("another constant, and what takes another value, are different lines", () => {
  const other = GRAPH.replace("value=1", "value=2");
  const {left, right} = alignGraphs(GRAPH, other);
  const different = left.filter((line) => !right.includes(line));
  assert.ok(different.some((line) => line.includes("prim::Constant[value=1]")));
  assert.equal(left[0], right[0]);
});

test("operators are counted, constants are not", () => {
  assert.deepEqual([...operatorCounts(graphLines(GRAPH))], [["aten::add", 1]]);
});

test("versions are ordered by their numbers", () => {
  assert.deepEqual(["2.14.1", "1.13.1", "2.6.0"].sort(compareVersions), ["1.13.1", "2.6.0", "2.14.1"]);
});

test("a verdict's tone: what was expected is good, whatever it is", () => {
  assert.equal(toneOf({verdict: "not_reproduced", as_expected: true}), "good");
  assert.equal(toneOf({verdict: "inconclusive", as_expected: false}), "warn");
  assert.equal(toneOf({verdict: "flaky", as_expected: false}), "bad");
  assert.equal(toneOf({verdict: "reproduced", as_expected: true, harness_error: true}), "bad");
});

test("an export that is none says so, with its name", () => {
  assert.throws(() => readExport("/no/such/file.json"), /\/no\/such\/file.json: cannot be read.*hybugs export --site/);
  const path = temporary("no-export.json");
  write(path, '{"schema": 1, "cases": [');
  assert.throws(() => readExport(path), /is no JSON; it may be cut off/);
  write(path, '{"schema": 2}');
  assert.throws(() => readExport(path), /is no export of schema 1 but of 2/);
});

test("neighbours are those of the same mechanism", () => {
  const item = (id, mechanism) => ({id, mechanism, certificates: [], results: []});
  const data = derive({
    cases: [item("a", "crash"), item("b", "grad-lost"), item("c", "crash")],
    words: {mechanisms: [{name: "crash", meaning: ""}, {name: "grad-lost", meaning: ""}]},
  });
  assert.equal(data.cases[0].next.id, "c");
  assert.equal(data.cases[1].next, null);
  assert.equal(data.cases[2].previous.id, "a");
});

test("a picture says in words what it shows", () => {
  const map = {shape: [2, 2], rows: 2, columns: 2, errors: [0, null, 3, 1e9], wrong: 3, elements: 4, shown: []};
  const html = differencePicture(map);
  assert.match(html, /alt="Picture of a tensor of 2 × 2 elements: 3 of 4 are beyond the tolerance."/);
  assert.match(html, /src="data:image\/png;base64,/);
  assert.equal(differencePicture({...map, rows: 1, columns: 1}), "", "a single number needs none");
  assert.equal(differencePicture(null), "");
});

test("durations have a unit that fits", () => {
  assert.deepEqual([1.5, 0.0123, 45e-6, 2e-9].map(duration), ["1.5 s", "12.3 ms", "45 µs", "2.00 ns"]);
});

test("an interval without bounds is no obstacle to a plot", () => {
  const against_fixed = {ratio: 19, low: 0, high: Infinity, pairs: 1};
  assert.match(forestPlot([{id: "vader", timed: {against_fixed, threshold: 5}}]), /19.0 times as slow as fixed \(no interval, 1 pairs\)/);
});
