// Measures pages of a built site with Lighthouse, as a phone on a slow network would meet them (the default of
// PageSpeed Insights), and prints the scores and what costs points:
//
//   CHROMIUM=/usr/bin/chromium node measure.mjs [--json] [--below=/sub/] SITE PAGE…
//
// SITE is the folder of the site, each PAGE an address below it ("lt/", or "" for the first page). The site is served
// on this computer only, compressed as hosts do, below the folder that --below names.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".ics": "text/calendar; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
};

/** Serves a folder below a prefix; gives the server when it listens. */
function serve(folder, prefix) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = normalize(join(folder, path.slice(prefix.length), path.endsWith("/") ? "index.html" : ""));
    try {
      if (!path.startsWith(prefix) || !file.startsWith(normalize(folder + sep))) throw new Error("outside the site");
      const content = await readFile(file);
      const type = TYPES[extname(file)];
      const head = { "Content-Type": type ?? "application/octet-stream", "Cache-Control": "max-age=600" };
      const isText = type !== undefined && type !== TYPES[".png"];
      response.writeHead(200, isText ? { ...head, "Content-Encoding": "gzip" } : head);
      response.end(isText ? gzipSync(content) : content);
    } catch {
      response.writeHead(404, { "Content-Type": "text/plain" });
      response.end("not there");
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Returns a category's audits that did not pass, the dearest first; those that give no points too. */
function costs(category, audits) {
  return category.auditRefs
    .map(({ id, weight }) => ({ weight, ...audits[id] }))
    .filter(({ score }) => score !== null && score < 0.995)
    .sort((a, b) => b.weight * (1 - b.score) - a.weight * (1 - a.score))
    .map(({ id, title, score, weight, displayValue, details }) => ({
      id,
      title,
      score,
      weight,
      value: displayValue ?? "",
      items: (details?.items ?? []).slice(0, 5).map((item) => item.node?.snippet ?? item.url ?? item.source ?? ""),
    }));
}

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean" }, below: { type: "string", default: "/" } },
  allowPositionals: true,
});
const [site, ...pages] = positionals;
if (site === undefined || pages.length === 0) {
  console.error("node measure.mjs [--json] [--below=/sub/] SITE PAGE…");
  process.exit(2);
}
const server = await serve(site, values.below);
const chrome = await launch({
  chromePath: process.env.CHROMIUM || process.env.CHROME_PATH,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const report = {};
try {
  for (const page of pages) {
    const address = `http://127.0.0.1:${server.address().port}${values.below}${page}`;
    const flags = { port: chrome.port, logLevel: "silent", output: "json", onlyCategories: CATEGORIES };
    const { lhr } = await lighthouse(address, flags);
    if (lhr.runtimeError) throw new Error(`${page}: ${lhr.runtimeError.message}`);
    report[page] = Object.fromEntries(
      Object.entries(lhr.categories).map(([name, category]) => [
        name,
        { score: Math.round(category.score * 100), costs: costs(category, lhr.audits) },
      ]),
    );
    if (!values.json) {
      console.log(`${page || "/"}: ${CATEGORIES.map((name) => `${name} ${report[page][name].score}`).join(", ")}`);
      for (const name of CATEGORIES)
        for (const { id, score, weight, value, items } of report[page][name].costs)
          console.log(`  ${name}/${id}: ${score}, weight ${weight} ${value} ${items.filter(Boolean).join(" | ")}`);
    }
  }
} finally {
  chrome.kill();
  server.close();
}
if (values.json) console.log(JSON.stringify(report));
process.exit(0);
