// The static-site generator's settings. HYBUGS_EXPORT names the export, HYBUGS_SITE the folder of the site; `build` sets
// both.
import {codeBlock, escapeHtml} from "./lib/code.js";
import {duration, factor} from "./lib/plots.js";

/** Texts of case.yaml: plain, but for `code` in backticks and empty lines between paragraphs. */
function prose(text) {
  const paragraphs = escapeHtml(text ?? "").trim().split(/\n\s*\n/);
  return paragraphs.map((p) => `<p>${p.replace(/`([^`]+)`/g, "<code>$1</code>")}</p>`).join("\n");
}

export default function (config) {
  config.addFilter("prose", prose);
  config.addFilter("inline", (text) => escapeHtml(text ?? "").replace(/`([^`]+)`/g, "<code>$1</code>"));
  config.addFilter("code", (text, label) => codeBlock(text, label));
  config.addFilter("duration", duration);
  config.addFilter("factor", (value) => (typeof value === "number" ? factor(value) : "∞"));
  config.addFilter("day", (date) => String(date ?? "").slice(0, 10));
  config.addFilter("percent", (value) => `${(100 * value).toFixed(0)} %`);
  config.addFilter("words", (name) => String(name ?? "").replaceAll("_", " "));
  config.addFilter("sign", ({verdict, tone}) =>
    (verdict === "reproduced" ? "✓" : verdict === "not_reproduced" ? "–" : tone === "warn" ? "?" : "!"));
  config.addFilter("root", (url) => "../".repeat(url.split("/").length - 2) || "./");
  config.addPassthroughCopy({"src/assets": "assets"});
  config.addPassthroughCopy({"node_modules/minisearch/dist/umd/index.js": "assets/minisearch.js"});
  config.setNunjucksEnvironmentOptions({trimBlocks: true, lstripBlocks: true, throwOnUndefined: false});
  return {
    dir: {input: "src", output: process.env.HYBUGS_SITE ?? "_site"},
    markdownTemplateEngine: false, htmlTemplateEngine: "njk", templateFormats: ["njk", "md"],
  };
}
