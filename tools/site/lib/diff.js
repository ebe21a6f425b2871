// Two texts side by side, highlighted, with the changed words marked.
import {createTwoFilesPatch} from "diff";
import {html as diffHtml} from "diff2html";
import helpers from "diff2html/lib/ui/js/highlight.js-helpers.js";
import {parseHTML} from "linkedom";

import {escapeHtml, highlightLines} from "./code.js";

const WHOLE = 100000; // lines of context: all

// Rows of diff2html in a quarter of its markup, for pages hold several differences: number, sign, text.
const TEMPLATES = {
  "generic-wrapper": "{{{content}}}",
  "generic-line":
    '<div class="{{type}}"><i>{{lineNumber}}</i><b>{{{prefix}}}</b><span>{{#content}}{{{content}}}{{/content}}</span></div>',
  "generic-block-header": '<div class="hunk"><i></i><span>⋯</span></div>',
  "generic-empty-diff": "<div>no difference</div>",
  "side-by-side-file-diff":
    '<div class="side" tabindex="0" role="region">{{{diffs.left}}}</div>' +
    '<div class="side" tabindex="0" role="region">{{{diffs.right}}}</div>',
  "generic-file-path": "",
};

// Its long names, and what stands for them.
const CLASSES = {"d2h-cntx": "", "d2h-del": "del", "d2h-ins": "ins", "d2h-change": "", "d2h-emptyplaceholder": "gap"};

function shorten(row) {
  const names = row.className.split(" ").map((name) => CLASSES[name] ?? name).filter(Boolean);
  if (names.length) row.className = names.join(" ");
  else row.removeAttribute("class");
}

/** The mark-up of a line's changes and that of its syntax, in one. */
function merged(document, changes, syntax) {
  const highlighted = document.createElement("span");
  highlighted.innerHTML = syntax;
  return helpers.mergeStreams(helpers.nodeStream(changes), helpers.nodeStream(highlighted), changes.textContent);
}

function highlightSide(document, side, text, language) {
  const lines = highlightLines(text, language);
  for (const row of side.children) {
    shorten(row);
    const number = parseInt(row.querySelector("i").textContent, 10);
    const content = row.lastChild;
    if (number && content.textContent) content.innerHTML = merged(document, content, lines[number - 1]);
  }
}

/**
 * `from` and `to`: {name, text}. Without `patch` (hunks of a unified diff) all lines are shown, or `context` lines
 * around each change. `label`: what tells this difference from others of the page.
 */
export function sideBySide(from, to, {language = "cpp", patch, context = WHOLE, label = "difference"} = {}) {
  if (from.text === to.text) return `<p>${escapeHtml(from.name)} and ${escapeHtml(to.name)} are the same.</p>`;
  const unified = patch
    ? `--- ${from.name}\n+++ ${to.name}\n${patch}`
    : createTwoFilesPatch(from.name, to.name, from.text, to.text, "", "", {context});
  const rows = diffHtml(unified, {
    outputFormat: "side-by-side", drawFileList: false, matching: "lines", rawTemplates: TEMPLATES,
  });
  const {document} = parseHTML(`<html><body>${rows}</body></html>`);
  const sides = [...document.querySelectorAll(".side")];
  [from, to].forEach((file, i) => {
    highlightSide(document, sides[i], file.text, language);
    sides[i].setAttribute("aria-label", `${label}: ${file.name}`);
  });
  const panels = [from, to].map((file, i) =>
    `<figure><figcaption>${escapeHtml(file.name)}</figcaption>${sides[i].outerHTML}</figure>`);
  return `<div class="diff">${panels.join("")}</div>`;
}
