"use strict";
// The page asks for the state of its own choice whenever the server says that something changed, and puts in what is new.
// Every text goes in as text: nothing that stands in a file is ever read as HTML.

const $ = (id) => document.getElementById(id);
const choice = Object.fromEntries(new URLSearchParams(location.search));
const query = () => new URLSearchParams(Object.entries({ summary: choice.summary, audience: choice.audience }).filter((row) => row[1]));
let asking = false; // one question at a time
let again = false; // something changed, or something else was chosen, since the question was asked
let shown = null; // the state that is on the page
let stream = null;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

function say(state, words) {
  $("light").dataset.state = state;
  if ($("status").textContent !== words) $("status").textContent = words;
}

// ---- asking

async function refresh() {
  again = true;
  if (asking) return;
  asking = true;
  while (again) {
    again = false;
    const wanted = query().toString();
    try {
      const answer = await fetch(`/state?${wanted}`, { cache: "no-store" });
      if (answer.status === 404 && choice.summary) { delete choice.summary; again = true; continue; }
      if (!answer.ok) throw new Error(await answer.text());
      const state = await answer.json();
      if (wanted !== query().toString()) { again = true; continue; } // another choice was made meanwhile
      await show(state);
    } catch (fault) {
      say("bad", "The preview does not answer");
      if (stream && stream.readyState === EventSource.CLOSED) listen();
    }
  }
  asking = false;
}

function listen() {
  if (stream) stream.close();
  stream = new EventSource("/events");
  stream.onmessage = refresh;
  stream.onerror = () => {
    say("bad", "Not connected: is briefgen preview still running?");
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

// A page that nobody sees hears nothing, so that many tabs fit into the few connections that a browser allows.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) stream.close();
  else listen();
});

// ---- showing

async function show(state) {
  const before = shown;
  const other = !before || before.summary !== state.summary || before.audience !== state.audience;
  const brief = state.shown;
  fill($("audience"), state.audiences.map((name) => [name, name]), state.audience);
  fill($("summary"), state.translations.map((row) => [row.name, language(row)]), state.summary);
  $("languages").hidden = state.translations.length < 2;
  trouble(state);
  if (brief) {
    $("title").textContent = brief.title;
    document.title = `${brief.title} · ${state.audience}`;
    $("title").lang = brief.language;
  } else {
    $("title").textContent = state.summary;
    document.title = `${state.summary} · ${state.audience}`;
    $("title").lang = "en";
  }
  tell(state);
  const changed = await pages(brief, state, other);
  if (!$("screen").hidden) frame(state, other);
  for (const a of document.querySelectorAll("a[download]")) link(a, brief, `/download/${a.id}?${query()}`);
  document.body.classList.toggle("stale", !state.ok && Boolean(brief));
  shown = state;
  announce(state, before, changed, other);
}

function announce(state, before, changed, other) {
  if (!state.ok) {
    say("bad", brief_of(state) ? "Error: the last good version is shown" : "Error");
    const first = state.findings[0];
    const told = first ? `Error: ${first.message}${first.place ? `, ${first.place}` : ""}` : "Error";
    if ($("alert").textContent !== told) $("alert").textContent = told;
    return;
  }
  $("alert").textContent = "";
  const count = state.shown.pages.length;
  const which = changed.length === count ? "" : changed.length === 0 ? ", pages unchanged" : `, page ${changed.join(", ")}`;
  say("good", !before ? "Up to date" : other ? `Showing ${state.audience}` : `Updated ${clock()}${which}`);
}

const brief_of = (state) => state.shown;
const clock = () => new Date().toLocaleTimeString("en-GB");

function language(row) {
  if (!row.language) return row.name;
  try {
    return new Intl.DisplayNames([row.language], { type: "language" }).of(row.language);
  } catch {
    return row.language;
  }
}

function link(anchor, brief, address) {
  if (brief) {
    anchor.href = address;
    anchor.removeAttribute("aria-disabled");
  } else {
    anchor.removeAttribute("href");
    anchor.setAttribute("aria-disabled", "true");
  }
}

function fill(select, rows, chosen) {
  const wanted = rows.some((row) => row[0] === chosen) ? rows : [...rows, [chosen, `${chosen} (missing)`]];
  const now = [...select.options].map((option) => [option.value, option.text]);
  if (JSON.stringify(now) !== JSON.stringify(wanted)) {
    select.replaceChildren(...wanted.map(([value, text]) => make("option", { value, textContent: text })));
  }
  if (select.value !== chosen) select.value = chosen;
}

// Only pages that look different are fetched; each is decoded before it takes the place of the old one, so that nothing flashes.
async function pages(brief, state, other) {
  const holder = $("pages");
  if (!brief) {
    holder.replaceChildren(make("p", { className: "note", textContent: "There is no good version of this brief yet." }));
    return [];
  }
  holder.querySelector(".note")?.remove();
  const changed = [];
  const ready = await Promise.all(brief.pages.map(async (page, index) => {
    const old = holder.children[index]?.querySelector("img");
    if (old && old.dataset.key === page.key) return old;
    changed.push(index + 1);
    const image = make("img", { width: page.width / 2, height: page.height / 2 });
    image.dataset.key = page.key;
    image.src = `/pages/${page.key}.png`;
    await image.decode();
    return image;
  }));
  ready.forEach((image, index) => {
    const figure = holder.children[index] || holder.appendChild(make("figure", {}, make("figcaption")));
    const words = `Page ${index + 1} of ${ready.length}`;
    image.alt = words;
    figure.querySelector("figcaption").textContent = words;
    if (image.parentNode !== figure) {
      figure.querySelector("img")?.remove();
      figure.prepend(image);
      figure.classList.remove("new");
      if (shown && !other) { void figure.offsetWidth; figure.classList.add("new"); }
    }
  });
  while (holder.children.length > ready.length) holder.lastElementChild.remove();
  return changed;
}

// The brief as HTML: a new frame is loaded behind the old one and takes its place at the same height of scroll.
function frame(state, other) {
  const holder = $("screen");
  const key = state.html ? `${state.summary} ${state.audience} ${state.html}` : "";
  if (holder.dataset.key === key) return;
  holder.dataset.key = key;
  if (!key) {
    holder.replaceChildren(make("p", { className: "note", textContent: "There is no good version of this brief yet." }));
    return;
  }
  const old = [...holder.children];
  const next = make("iframe", { className: "coming", title: "The brief as HTML" });
  next.setAttribute("sandbox", "allow-same-origin"); // no script: the permission lets this page keep the place of the scroll
  next.addEventListener("load", () => {
    if (holder.dataset.key !== key) return;
    const last = old.find((element) => element.tagName === "IFRAME");
    if (last && !other) next.contentWindow.scrollTo(0, last.contentWindow.scrollY);
    next.contentDocument.addEventListener("click", stay);
    next.classList.remove("coming");
    old.forEach((element) => element.remove());
  }, { once: true });
  next.src = `/brief.html?${query()}`;
  holder.append(next);
}

function stay(event) { // links of the brief lead out of the preview: only those within it are followed
  const anchor = event.target.closest("a[href]");
  if (anchor && !anchor.getAttribute("href").startsWith("#")) event.preventDefault();
}

// ---- telling

function trouble(state) {
  $("trouble").hidden = state.ok;
  if (state.ok) return;
  $("trouble-what").textContent = (state.shown ? "The last good version stays below. " : "") + "Save a mended file, and it goes on.";
  $("trouble-list").replaceChildren(...state.findings.filter((row) => row.severity === "error").map(finding));
}

function finding(row) {
  const place = row.place ? make("span", { className: "place", textContent: row.place }) : null;
  const excerpt = row.excerpt ? make("pre", { textContent: row.excerpt, tabIndex: 0 }) : null;
  if (excerpt) excerpt.setAttribute("aria-label", `Line ${row.line}`), excerpt.setAttribute("role", "region");
  const head = make("span", { className: "severity", textContent: `${row.severity} ${row.code} ${row.verdict ?? ""}`.trim() });
  const hints = row.hints.map((hint) => make("p", { className: "hint", textContent: hint }));
  const item = make("li", {}, head, " ", row.message, place, excerpt, ...hints);
  item.dataset.severity = row.severity;
  return item;
}

function tell(state) {
  const brief = state.shown;
  $("length").replaceChildren(...(brief ? lengths(brief) : [make("dt", { textContent: "Nothing to measure yet" })]));
  const rows = brief ? brief.left_out.map(leftOut) : [];
  const none = make("li", { textContent: brief ? "Nothing." : "Nothing to tell yet" });
  $("cuts").replaceChildren(...(rows.length ? rows : [none]));
  $("headline").textContent = state.headline || "Nothing to say.";
  const below = state.findings.filter((row) => state.ok || row.severity !== "error"); // errors stand over the page
  $("findings").replaceChildren(...below.map(finding));
}

function lengths(brief) {
  const count = brief.pages.length;
  const budget = brief.budget;
  const rows = [["Pages", budget ? `${count} of ${budget.pages}` : String(count), budget && count > budget.pages]];
  rows.push(["Words", brief.words.toLocaleString("en-GB"), false]);
  if (budget) rows.push(["Page limit", budget.hard ? "must be kept" : "may be passed", false]);
  if (budget?.words) rows.push(["Words meant", `${budget.words[0]} to ${budget.words[1]}`, false]);
  if (brief.large) rows.push(["Type", "one step larger", false]);
  return rows.flatMap(([name, value, over]) => [
    make("dt", { textContent: name }),
    make("dd", { textContent: over ? `${value}: too long` : value, className: over ? "over" : "" }),
  ]);
}

function leftOut(row) {
  const budget = row.items.filter((item) => item.budget).length;
  const limit = row.items.length - budget;
  const why = [];
  if (row.gone) why.push("the whole section, for the page budget");
  else if (row.items.length) {
    if (limit) why.push(`${limit} over the audience’s limit`);
    if (budget) why.push(`${budget} for the page budget`);
    if (row.total) why.push(`of ${row.total}`);
  } else if (row.cut) why.push(`${row.cut} for the page budget`);
  if (row.short) why.push("in short wording");
  const items = row.items.map((item) => make("li", { textContent: [item.id, item.words].filter(Boolean).join(" ") }));
  const list = items.length ? make("ul", {}, ...items) : null;
  const name = make("b", { textContent: row.section });
  return make("li", {}, name, " ", make("span", { className: "why", textContent: why.join(", ") }), list);
}

// ---- choosing

function choose(name, value) {
  choice[name] = value;
  history.replaceState(null, "", `?${query()}`);
  say("wait", "Rendering…");
  refresh();
}
for (const name of ["audience", "summary"]) $(name).addEventListener("change", (event) => choose(name, event.target.value));
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());

const tabs = [...document.querySelectorAll("[role=tab]")];
function select(tab) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    $(each.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (shown && tab.id === "tab-screen") frame(shown, false);
}
tabs.forEach((tab, index) => {
  tab.addEventListener("click", () => select(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : step ? (index + step + tabs.length) % tabs.length : -1;
    if (to < 0) return;
    event.preventDefault();
    tabs[to].focus();
    select(tabs[to]);
  });
});

// What stays in sight below the header must know how high it is: on a narrow window its rows break, or it scrolls away.
const header = document.querySelector("header");
new ResizeObserver(() => {
  const height = getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
  document.documentElement.style.setProperty("--head", `${height}px`);
}).observe(header);

listen();
