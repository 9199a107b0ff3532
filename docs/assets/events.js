/* Open Plans: what depends on the reader's moment. Everything here is also on the page without it: the links of the
   filters lead to pages that list the same, and each date is written out. Times are compared as local text in the zone
   of the event ("2026-10-05T18:00"), never in that of the device. */
(() => {
  "use strict";
  const source = document.getElementById("op-words");
  if (!source) return;
  const words = JSON.parse(source.textContent);
  const page = document.querySelector("article") || document.body;
  const all = (selector, root = page) => [...root.querySelectorAll(selector)];
  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  // -- time ---------------------------------------------------------------------------------------------------------

  const clocks = {};
  const nowIn = (zone) => {
    clocks[zone] ??= new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    return clocks[zone].format(new Date()).replace(" ", "T");
  };
  const minutes = (text) => {
    const [year, month, day, hour = 0, minute = 0] = text.split(/\D/).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute) / 60000;
  };
  const days = (text) => minutes(text.slice(0, 10)) / 1440;
  const week = (text) => Math.floor((days(text) + 3) / 7); // day 0 was a Thursday
  const relative = new Intl.RelativeTimeFormat(words.language, { numeric: "always" });

  /* Without an end of its own a time of day says nothing about the end: the day has to pass. */
  const isOver = (now, { start, end }) =>
    Boolean(end) && (end.length > 10 && end !== start ? now >= end : now.slice(0, 10) > end.slice(0, 10));

  const near = (now, event) => {
    if (isOver(now, event)) return words.over;
    if (!event.start || event.off) return "";
    const begins = event.start.length > 10 ? event.start : event.start + "T00:00";
    if (now >= begins) return words.going_on;
    const ahead = days(event.start) - days(now);
    if (ahead > 13) return "";
    if (ahead === 0) {
      // The clock may change in between: real time is in the page's own statement of the moment.
      const left = event.moment ? Math.floor((Date.parse(event.moment) - Date.now()) / 60000) : minutes(begins) - minutes(now);
      return words.today + ", " + (left < 60 ? relative.format(left, "minute") : relative.format(Math.floor(left / 60), "hour"));
    }
    return (week(event.start) === week(now) ? words.this_week + ", " : "") + relative.format(ahead, "day");
  };

  const registration = (now, event) => {
    if (event.off || isOver(now, event)) return "";
    const past = (moment) => now.slice(0, moment.length) > moment;
    if (event.closes && past(event.closes)) return words.closed;
    return event.opens && now.slice(0, event.opens.length) < event.opens ? words.not_open : "";
  };

  const mark = () => {
    all(".op-near").forEach((element) => element.remove());
    for (const item of all("[data-end], [data-closes], [data-opens]")) {
      const now = nowIn(item.dataset.zone || words.zone);
      item.classList.toggle("op-over", isOver(now, item.dataset));
      const place = item.querySelector(".op-meeting__when");
      const moment = item.querySelector("time[datetime*=T]")?.dateTime;
      for (const text of [near(now, { ...item.dataset, moment }), registration(now, item.dataset)])
        if (place && text) place.append(" ", make("strong", text, "op-near"));
    }
  };

  /* What ended after the page was made goes below the list, closed. */
  const fold = () => {
    for (const list of all("[data-op-fold]")) {
      const over = all(":scope > .op-over", list);
      if (!over.length) continue;
      const group = list.closest(".op-coming") || list.parentElement;
      let box = group.querySelector(":scope > .op-folded");
      if (!box) {
        box = make("details", "", "op-folded");
        box.append(make("summary", words.past), make("ul", "", "op-meetings"));
        group.append(box);
      }
      box.lastElementChild.append(...over);
      const month = list.closest(".op-group");
      if (month && !list.children.length) month.hidden = true;
    }
  };

  const warn = () => {
    if (page.querySelector(".op-stale") || days(nowIn(words.zone)) - days(words.built) <= 3) return;
    const day = new Date(days(words.built) * 86400000);
    const said = day.toLocaleDateString(words.language === "en" ? "en-GB" : words.language, { dateStyle: "long", timeZone: "UTC" });
    const note = make("p", words.stale.replace("{day}", said), "op-banner op-stale");
    (page.querySelector("h1") || page.firstElementChild).after(note);
  };

  // -- filters: the query says the same as the pages that the links lead to -------------------------------------------

  const filters = page.querySelector("[data-op-filter]");
  const links = filters ? all("[data-facet]", filters) : [];
  const chosen = () => new URLSearchParams(location.search);
  const has = (query, { facet, value }) => query.getAll(facet).includes(value);

  const show = () => {
    const query = chosen();
    const wanted = {};
    for (const link of links) {
      const isOn = has(query, link.dataset);
      link.toggleAttribute("aria-current", isOn);
      if (isOn) link.setAttribute("aria-current", "true");
      if (isOn) (wanted[link.dataset.facet] ??= []).push(link.dataset.value);
    }
    const fits = (item) =>
      Object.entries(wanted).every(([name, values]) => (item.dataset[name] || "").split(" ").some((one) => values.includes(one)));
    let shown = 0;
    for (const item of all(".op-coming .op-meeting")) {
      item.hidden = !fits(item);
      shown += !item.hidden && !item.closest(".op-folded");
    }
    for (const group of all(".op-coming .op-group, .op-coming .op-folded"))
      group.hidden = !group.querySelector(".op-meeting:not([hidden])");
    const isFiltered = Object.keys(wanted).length > 0;
    status.textContent = !isFiltered ? "" : shown ? words.shown.replace("{n}", shown) : words.none;
    clear.hidden = !isFiltered;
    if (isFiltered) filters.closest("details").open = true;
  };

  const status = make("p", "", "op-filter-status");
  const clear = make("a", words.clear);
  const go = (query) => {
    history.pushState(null, "", location.pathname + (String(query) && "?" + query));
    show();
  };
  if (filters) {
    status.setAttribute("role", "status");
    clear.href = location.pathname;
    filters.append(status, clear);
    filters.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
      const { facet, value } = link.dataset;
      if (link !== clear && !facet) return;
      event.preventDefault();
      const query = link === clear ? new URLSearchParams() : chosen();
      if (facet) {
        const others = query.getAll(facet).filter((one) => one !== value);
        const isOn = has(query, link.dataset);
        query.delete(facet);
        for (const one of isOn ? others : [...others, value]) query.append(facet, one);
      }
      go(query);
    });
    addEventListener("popstate", show);
  }

  const refresh = () => {
    mark();
    fold();
    warn();
    if (filters) show();
  };
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  refresh();
})();
