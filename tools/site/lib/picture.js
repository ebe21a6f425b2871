// The picture of a difference between two tensors: a cell for each element, as a PNG in the page.
import {PNG} from "pngjs";

import {escapeHtml} from "./code.js";

// From just beyond the tolerance to a million times it; the ends of matplotlib's "YlOrRd", which colour-blind readers tell apart by lightness.
const RAMP = [[255, 237, 160], [254, 178, 76], [252, 78, 42], [189, 0, 38], [84, 0, 38]];
const RIGHT = [214, 222, 230];
const NO_NUMBER = [60, 0, 90];
const DECADES = 6;

function colourOf(error) {
  if (error === null) return NO_NUMBER;
  if (error <= 1) return RIGHT;
  const at = Math.min(1, Math.log10(error) / DECADES) * (RAMP.length - 1);
  const low = Math.min(RAMP.length - 2, Math.floor(at));
  return RAMP[low].map((from, i) => Math.round(from + (RAMP[low + 1][i] - from) * (at - low)));
}

function pngOf(map) {
  const png = new PNG({width: map.columns, height: map.rows, colorType: 2, inputHasAlpha: false});
  png.data = Buffer.from(map.errors.flatMap((error) => colourOf(error)));
  return PNG.sync.write(png, {colorType: 2, inputHasAlpha: false}).toString("base64");
}

/** How large a cell is shown, in CSS pixels. */
function cellSize(map) {
  return Math.max(4, Math.min(28, Math.floor(560 / map.columns), Math.floor(240 / map.rows)));
}

/** An <img> with a text that says the same. */
export function differencePicture(map) {
  if (!map || map.rows * map.columns < 2) return "";
  const size = cellSize(map);
  const shape = map.shape.join(" × ");
  const pooled = map.rows * map.columns < map.elements ? " Each cell stands for several elements and has the largest of their errors." : "";
  const alt = `Picture of a tensor of ${shape} elements: ${map.wrong} of ${map.elements} are beyond the tolerance.${pooled}`;
  return `<img class="difference" width="${size * map.columns}" height="${size * map.rows}" alt="${escapeHtml(alt)}" ` +
    `src="data:image/png;base64,${pngOf(map)}">`;
}

export const legend = [
  {colour: RIGHT, text: "within the tolerance"},
  {colour: RAMP[0], text: "just beyond it"},
  {colour: RAMP[2], text: "1000 times"},
  {colour: RAMP[4], text: "a million times or more"},
  {colour: NO_NUMBER, text: "no number says it"},
].map(({colour, text}) => ({colour: `rgb(${colour.join(" ")})`, text}));
