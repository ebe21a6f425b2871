// TorchScript graphs made comparable: the numbers of values say nothing, and differ from one graph to the next.
import {diffArrays} from "diff";

const VALUE = /%[\w.]+/g;

const PROFILE = /^\s*(%[\w.]+) : .* = prim::profile(?:_ivalue)?\[.*\]\((%[\w.]+)\)$/;

// `Double(2, 4, strides=[4, 1], requires_grad=0, device=cpu)`: which shapes were seen isn't what a graph does, and is
// written only once it ran often enough.
const SEEN = /\b(Double|Float|Half|BFloat16|Long|Int|Bool|Byte|Char|Short|ComplexFloat|ComplexDouble|Tensor)\([^()]*\)/g;

/**
 * The lines of a graph without what only the executor needs: places in the source, the types that it has seen, and the
 * nodes that watch them (what takes their value takes the watched one).
 */
export function graphLines(text) {
  const watched = new Map();
  const original = (value) => {
    while (watched.has(value)) value = watched.get(value);
    return value;
  };
  const lines = [];
  for (const raw of text.replace(/\n+$/, "").split("\n")) {
    const line = raw.replace(/\s+# .*$/, "");
    const profile = line.match(PROFILE);
    if (profile) watched.set(profile[1], profile[2]);
    else if (!/^\s*= prim::profile\b/.test(line)) lines.push(line.replace(SEEN, "Tensor").replace(VALUE, original));
  }
  return lines;
}

/** What each constant of a graph is. */
function constantsOf(lines) {
  const constants = new Map();
  for (const line of lines) {
    const found = line.match(/^\s*(%[\w.]+) : (.*?) = prim::Constant(\[.*\])?\(\)/);
    if (found) constants.set(found[1], `${found[2]}${found[3] ?? ""}`);
  }
  return constants;
}

/** A node without the names of its values; a constant that it takes stands for itself. */
function keysOf(lines) {
  const constants = constantsOf(lines);
  return lines.map((line) => line.replace(VALUE, (value) => (constants.has(value) ? `{${constants.get(value)}}` : "%")));
}

/** The names that a node defines: before the first ` = `; of a graph or block its parameters. */
function definitions(line) {
  const head = /^\s*(graph|block\d+)\(/.test(line) || !line.includes(" = ") ? line : line.split(" = ")[0];
  return head.match(VALUE) ?? [];
}

/**
 * The lines of two graphs with common names: values of nodes that match have the same name in both, so that lines are
 * equal where the nodes do the same with the same values.
 */
export function alignGraphs(leftText, rightText) {
  const left = graphLines(leftText);
  const right = graphLines(rightText);
  const names = {left: new Map(), right: new Map()};
  let count = 0;
  const name = (side, line, other) => {
    definitions(line).forEach((value, i) => {
      const shared = other?.[i];
      if (names[side].has(value)) return;
      names[side].set(value, shared ?? `%${count++}`);
    });
  };
  let [i, j] = [0, 0];
  for (const part of diffArrays(keysOf(left), keysOf(right))) {
    for (let k = 0; k < part.value.length; ++k) {
      if (part.added) {
        name("right", right[j++]);
      } else if (part.removed) {
        name("left", left[i++]);
      } else {
        name("left", left[i]);
        name("right", right[j++], definitions(left[i++]).map((value) => names.left.get(value)));
      }
    }
  }
  const renamed = (side, lines) =>
    lines.map((line) => line.replace(VALUE, (value) => names[side].get(value) ?? value));
  return {left: renamed("left", left), right: renamed("right", right)};
}

/** How often each operator, branch and loop stands in a graph. */
export function operatorCounts(lines) {
  const counts = new Map();
  for (const line of lines) {
    const operator = line.match(/ = (aten::\w+|prim::(?:If|Loop))\b/)?.[1];
    if (operator) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  }
  return counts;
}
