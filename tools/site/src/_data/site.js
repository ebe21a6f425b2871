// What every page may use: the export, with what the libraries make of it.
import {derive, readExport} from "../../lib/load.js";
import {pagesOf} from "../../lib/pages.js";

export default function () {
  const path = process.env.HYBUGS_EXPORT;
  if (!path) throw new Error("HYBUGS_EXPORT names no file; start tools/site/build");
  return pagesOf(derive(readExport(path)));
}
