// Navigation is found once for each organization and language, as in the tuned Hugo layout.
const KINDS = new Set(["committee", "plan", "section"]);
const LANGUAGES = ["lt", "lv", "en"];

export default function (config) {
  let known = new Map();
  config.on("eleventy.before", () => { known = new Map(); });

  config.addFilter("navigation", (pages, item) => {
    if (!known.size) {
      for (const page of pages) {
        if (!KINDS.has(page.kind)) continue;
        const key = `${page.language} ${page.organization}`;
        if (!known.has(key)) known.set(key, []);
        known.get(key).push(page);
      }
    }
    return known.get(`${item.language} ${item.organization}`) ?? [];
  });
  config.addFilter("twins", (item) =>
    LANGUAGES.map((language) => ({ language, href: "/" + language + item.address.slice(item.language.length) })));

  return { dir: { input: "src", output: "site" } };
}
