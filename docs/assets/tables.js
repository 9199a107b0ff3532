// Lets the reader put a table's lines in order by title or by date. The order itself is made with the page, where the
// alphabet of its language is known; each line says its places (data-t, data-d), and its own place is the document's.
for (const table of document.querySelectorAll("table.op-actions")) {
  const body = table.tBodies[0];
  const lines = [...body.rows];
  const heads = [...table.querySelectorAll("th[data-sort]")];
  if (lines.length < 2) continue;
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const key = head.dataset.sort;
      // Up, down, and back to the order of the document.
      const next = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
      const sign = next === "descending" ? -1 : 1;
      for (const other of heads) other.removeAttribute("aria-sort");
      if (next) head.setAttribute("aria-sort", next);
      const order = next ? [...lines].sort((a, b) => sign * (a.dataset[key] - b.dataset[key])) : lines;
      body.append(...order);
    });
  }
}
