// Programs as highlighted HTML, line by line.
import hljs from "highlight.js/lib/core";
import cpp from "highlight.js/lib/languages/cpp";
import plaintext from "highlight.js/lib/languages/plaintext";

hljs.configure({classPrefix: "h-"});
hljs.registerLanguage("cpp", cpp);
hljs.registerLanguage("plaintext", plaintext);
hljs.registerLanguage("graph", () => ({
  name: "TorchScript graph",
  contains: [
    {scope: "built_in", begin: /\b(aten|prim|onnx|torch)::\w+/},
    {scope: "string", begin: /"/, end: /"/},
    {scope: "number", begin: /(?<![\w.%])-?\d+(\.\d*)?(e[-+]?\d+)?(?![\w.])/},
    {scope: "comment", begin: / # /, end: /$/},
    {scope: "keyword", begin: /\b(graph|return|block\d+)\b/},
  ],
}));

export function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g,
    (c) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})[c]);
}

/** The lines of a program, each well-formed by itself: spans that go on are closed and opened again. */
export function highlightLines(text, language = "cpp") {
  const html = hljs.highlight(text.replace(/\n$/, ""), {language}).value;
  const open = [];
  return html.split("\n").map((line) => {
    const begin = open.join("");
    for (const tag of line.matchAll(/<(\/?)span[^>]*>/g)) {
      if (tag[1]) open.pop();
      else open.push(tag[0]);
    }
    return begin + line + "</span>".repeat(open.length);
  });
}

/** A program with line numbers, as a block that can be scrolled with the keyboard. */
export function codeBlock(text, label, language = "cpp") {
  const lines = highlightLines(text, language).map((line) => `<span class="line">${line}</span>`);
  return `<pre class="code" tabindex="0" role="region" aria-label="${escapeHtml(label)}"><code>${lines.join("\n")}</code></pre>`;
}
