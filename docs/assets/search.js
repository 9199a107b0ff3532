/* Open Plans: the search page. The index was made with the site and is read piece by piece from the same place; nothing
   is asked of another host. What is searched for stands in the address, so it can be sent on and found again. */

const NAMES = ["kind", "organization", "committee", "status", "year"];
const FIRST = 10;
const EXCERPT = 28;
const language = document.documentElement.lang;
const words = JSON.parse(document.getElementById("op-search-words").textContent);
document.querySelector(".op-without").hidden = true;
const form = document.querySelector(".op-search");
const input = form.elements.q;
const clear = form.querySelector("[type=reset]");
const chosen = form.querySelector(".op-search__chosen");
const groups = chosen.textContent;
const count = document.querySelector(".op-found-count");
const list = document.querySelector(".op-found");
const more = document.querySelector(".op-found-more");
const title = document.title;
const plural = new Intl.PluralRules(language);
const make = (name, text, className) => {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
};

// -- finding --------------------------------------------------------------------------------------------------------

const load = async () => {
  const [{ createInstance }, { variants }] = await Promise.all([
    import(new URL("../pagefind/pagefind.js", import.meta.url)),
    language === "lv" ? import("./latvian.js") : {},
  ]);
  const indexes = [];
  // A site made in shards has several indexes, as the page says; all run in the program that the first one loads.
  for (const name of words.indexes ?? [""]) {
    indexes.push(createInstance({ noWorker: true, basePath: new URL(`../pagefind/${name}`, import.meta.url).href }));
    if (words.indexes && indexes.length === 1) await indexes[0].filters();
  }
  return { indexes, variants };
};

/* What a page is: kind, organization, committees, statuses and years, as the page itself says it in one line. */
const factsOf = (line) => Object.fromEntries(line.split("|").map((part, at) => [NAMES[at], part.split(" ").filter(Boolean)]));

/* Within a group any of the chosen values will do, but something of each group is asked for. */
const allowed = async (index, wanted) => {
  const groups = Object.entries(wanted);
  if (!groups.length) return {};
  const lines = Object.keys((await index.filters()).is ?? {});
  const fits = (facts) => groups.every(([name, values]) => facts[name].some((value) => values.includes(value)));
  return { is: { any: lines.filter((line) => fits(factsOf(line))) } };
};

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/* For what begins no word at all, the program looks for ever shorter words, down to two letters; that is no answer. */
const isAnswer = async (hits, text) => {
  if (!hits.length) return false;
  const { content } = await hits[0].data();
  const all = content.split(/\s+/);
  return !hits[0].words.length || hits[0].words.some((place) => plain(all[place]).includes(plain(text)));
};

/* How near an answer is. An index that lacks a word answers with a shorter one, while another may hold the word itself. */
const nearness = async (index, [hit], text) => {
  const { content, meta } = await hit.data();
  const all = content.split(/\s+/);
  const wanted = plain(text);
  const shared = (word) => [...wanted].findIndex((letter, at) => letter !== word[at]);
  const found = hit.words.length ? hit.words.map((place) => all[place]) : Object.values(meta).join(" ").split(" ");
  const longest = Math.max(...found.map((word) => shared(plain(word))).map((at) => (at < 0 ? wanted.length : at)));
  const isHere = longest >= wanted.length - 2 || (await index.search(`"${text}"`)).results.length;
  return isHere ? Infinity : longest < 3 ? -1 : longest;
};

/* Returns the pages with all words of a query, the best first. */
export const find = async (query, wanted = {}) => {
  const { indexes, variants } = await engine;
  const all = await Promise.all(indexes.map(async (index) => ({ index, filters: await allowed(index, wanted) })));
  const asked = all.filter(({ filters }) => filters.is?.any.length !== 0);
  /* What each index answers. */
  const ask = (text) =>
    Promise.all(asked.map(async ({ index, filters }) => {
      // The index is read in pieces by the alphabet; a word's longer forms may stand in the next piece.
      if (text) await Promise.all([index.preload(text), index.preload(`${text}zz`)]);
      return { index, hits: (await index.search(text, { filters })).results };
    }));
  const beginning = async (text) => {
    const answers = await Promise.all((await ask(text)).map(async ({ index, hits }) => {
      const is = await isAnswer(hits, variants ? text : text.slice(0, 3));
      const isSure = indexes.length === 1 || (variants && hits[0]?.words.length);
      return { hits, near: !is ? -1 : isSure ? Infinity : await nearness(index, hits, text) };
    }));
    const nearest = Math.max(...answers.map(({ near }) => near));
    return nearest >= 0 ? answers.filter(({ near }) => near === nearest).flatMap(({ hits }) => hits) : [];
  };
  const whole = async (text) => {
    const found = await Promise.all(asked.map(({ index }) => index.search(text)));
    const ids = new Set(found.flatMap(({ results }) => results.map((hit) => hit.id)));
    const hits = ids.size ? (await ask(text.slice(1, -1))).flatMap((answer) => answer.hits) : [];
    return hits.filter((hit) => ids.has(hit.id));
  };
  /* All pages with a word in any form: id → the best score, and where on the page the word is. */
  const inAllForms = async (word) => {
    const forms = variants?.(word) ?? [];
    const answers = await Promise.all([beginning(word), ...forms.map((form) => (form[0] === '"' ? whole : beginning)(form))]);
    const found = new Map();
    for (const hit of answers.flat()) {
      const known = found.get(hit.id) ?? { score: 0, places: new Set(), data: hit.data };
      known.score = Math.max(known.score, hit.score);
      hit.words.forEach((place) => known.places.add(place));
      found.set(hit.id, known);
    }
    return found;
  };
  if (!query || query.includes('"')) {
    const hits = (await ask(query || null)).flatMap((answer) => answer.hits);
    return hits.sort((a, b) => b.score - a.score).map((hit) => ({ places: new Set(hit.words), data: hit.data }));
  }
  const [first, ...others] = await Promise.all(query.split(" ").map(inAllForms));
  const inAll = [...first].filter(([id]) => others.every((found) => found.has(id)));
  for (const [id, hit] of inAll)
    for (const other of others.map((found) => found.get(id))) {
      hit.score += other.score;
      other.places.forEach((place) => hit.places.add(place));
    }
  return inAll.map(([, hit]) => hit).sort((a, b) => b.score - a.score);
};

// -- showing --------------------------------------------------------------------------------------------------------

const wordsOf = (name, value) =>
  form.querySelector(`[name="${name}"][value="${CSS.escape(value)}"] ~ span > span`)?.textContent ?? "";

/* The stretch of the page in which most of the words are; the title, which stands first, is shown above it. */
const excerpt = (text, places, skip) => {
  const from = places.filter((place) => place >= skip);
  const inReach = (start) => from.filter((place) => place >= start && place < start + EXCERPT).length;
  const best = from.reduce((a, b) => (inReach(b) > inReach(a) ? b : a), from[0] ?? skip);
  const start = best - skip < 8 ? skip : best - 4;
  const part = text.slice(start, start + EXCERPT);
  const line = make("p", "", "op-found__text");
  if (start > skip) line.append("… ");
  part.forEach((word, at) => line.append(places.includes(start + at) ? make("mark", word) : word, " "));
  if (start + EXCERPT < text.length) line.append("…");
  return from.length || part.length > 5 ? line : "";
};

const show = async (hit) => {
  const page = await hit.data();
  const { meta } = page;
  const facts = factsOf(page.filters.is[0]);
  const text = page.content.split(/\s+/);
  const places = [...hit.places].sort((a, b) => a - b);
  const item = make("li", "");
  // An abbreviation has no page of its own, only a place on one.
  const term = page.anchors.filter((anchor) => anchor.element === "dt" && anchor.location <= places[0]).pop();
  const link = make("a", term ? term.text : meta.title, "op-found__title");
  link.href = term ? `${page.url}#${term.id}` : page.url;
  if (meta.lang) link.lang = meta.lang;
  const line = make("p", [wordsOf("kind", facts.kind[0]), meta.of, meta.when].filter(Boolean).join(" · "), "op-detail");
  for (const status of facts.status)
    line.append(" ", make("span", wordsOf("status", status), `op-status op-status--${status.replace("event-", "")}`));
  item.append(link, line, excerpt(text, places, term ? term.location : meta.title.split(/\s+/).length));
  return item;
};

// -- asking: the form, the address and the list say the same --------------------------------------------------------

const asked = () => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) query.append(name, value.trim().replace(/\s+/g, " "));
  return query;
};

let turn = 0;
const run = async (limit = FIRST) => {
  const mine = ++turn;
  const query = asked();
  const wanted = {};
  for (const [name, value] of query) if (name !== "q") (wanted[name] ??= []).push(value);
  const named = Object.entries(wanted).flatMap(([name, values]) => values.map((value) => wordsOf(name, value)));
  chosen.textContent = named.join(" · ") || groups;
  clear.hidden = !named.length;
  // Only the committees of the organizations that were chosen help to choose.
  for (const box of form.querySelectorAll("[name=committee]"))
    box.closest("li").hidden = wanted.organization && !box.checked && !wanted.organization.includes(box.value.split("/")[0]);
  document.title = query.get("q") ? `${query.get("q")} – ${title}` : title;
  list.ariaBusy = "true";
  try {
    const found = String(query) ? await find(query.get("q"), wanted) : [];
    const items = await Promise.all(found.slice(0, limit).map(show));
    if (mine !== turn) return;
    const said = (words.count[plural.select(found.length)] ?? words.count.other)
      .replace("{n}", found.length.toLocaleString(language));
    count.textContent = !String(query) ? "" : found.length ? said : words.none;
    list.replaceChildren(...items);
    list.ariaBusy = "false";
    more.hidden = found.length <= limit;
    more.onclick = async () => {
      history.replaceState({ limit: limit + FIRST }, "");
      await run(limit + FIRST);
      list.children[limit]?.querySelector("a").focus();
    };
  } catch {
    fail();
  }
};

const fail = () => {
  form.hidden = true;
  more.hidden = true;
  list.replaceChildren();
  count.textContent = words.broken;
};

const note = (how) => {
  const query = String(asked());
  if (query !== String(new URLSearchParams(location.search))) history[how](null, "", location.pathname + (query && "?" + query));
  run();
};

const read = () => {
  const query = new URLSearchParams(location.search);
  input.value = query.get("q") ?? "";
  for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = query.getAll(box.name).includes(box.value);
  run(history.state?.limit);
};

let timer;
form.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (event.target === input) timer = setTimeout(note, 250, "replaceState");
  else note("pushState");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  note("pushState");
});
clear.addEventListener("click", (event) => {
  event.preventDefault();
  for (const box of form.querySelectorAll(":checked")) box.checked = false;
  input.focus();
  note("pushState");
});
addEventListener("popstate", read);

const engine = load();
engine.then(() => {
  form.hidden = false;
  read();
  if (!input.value) input.focus({ preventScroll: true });
}, fail);
