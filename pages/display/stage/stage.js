// A meeting's stage, in the dashboard and in the file to take away. All slides are here: nothing is asked for while it runs.
// data: {title, version, home, start, key, leftOut, words: {…}, slides: [{item, part, minutes, title, footing, sample, svg | html | chart | sentences, decide}]}

const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
// A cell of so few signs, such as a district's name, stays in one line.
const SHORT = 6;
// Type is this much smaller where that saves a screen.
const TIGHTER = 0.9;

export default function ({ data, parentElement }) {
  const root = element("div", "stage");
  root.tabIndex = 0;
  root.lang = data.lang;
  parentElement.querySelector(".stage")?.remove(); // the style beside it stays
  parentElement.append(root);
  const state = { at: 0, page: 0, pages: 1, spent: new Map(), since: Date.now() };
  const begun = Date.now();
  const typeSize = document.documentElement.style.fontSize;

  const top = element("div", "top");
  const part = element("span", "part");
  const clock = element("span", "clock");
  top.append(part, clock);
  const title = element("div", "title");
  title.setAttribute("role", "heading");
  const body = element("div", "body");
  const foot = element("div", "foot");
  const source = element("span", "source");
  const mark = element("span", "mark", data.words.sample);
  const version = element("span", "version", data.version);
  const number = element("span", "number");
  foot.append(source, mark, version, number);
  root.append(top, title, body, foot, tools());

  function show(at, page = 0) {
    if (!data.slides.length) return;
    spend();
    state.at = Math.max(0, Math.min(at, data.slides.length - 1));
    const slide = data.slides[state.at];
    part.textContent = slide.part;
    title.textContent = slide.title;
    fitTitle();
    source.textContent = slide.footing;
    mark.hidden = !slide.sample;
    state.pages = fill(slide);
    turn(page < 0 ? state.pages - 1 : Math.min(page, state.pages - 1));
    tick();
    remember(state.at);
  }

  function fitTitle() {
    title.style.fontSize = "";
    for (let size = 2.35; size > 1.5 && title.scrollHeight > title.clientHeight + 1; size -= 0.1) title.style.fontSize = `max(15px, ${size}vw)`;
  }

  // Puts the slide's content into the body and returns how many screens it takes.
  function fill(slide) {
    state.show = null;
    if (slide.chart && window.Plotly) {
      drawChart(slide.chart);
      return 1;
    }
    if (slide.svg) {
      body.innerHTML = slide.svg; // made by the dashboard, every text in it escaped
      return pieces(body.querySelector("svg"));
    }
    const screens = write(slide, 1);
    if (screens === 1) return screens;
    const fewer = write(slide, TIGHTER);
    return fewer < screens ? fewer : write(slide, 1);
  }

  // Puts a slide's words into the body, in type of that share of the usual size; returns how many screens they take.
  function write(slide, share) {
    const flow = element("div", "flow");
    if (slide.html) {
      flow.innerHTML = `<div class="qd">${slide.html}</div>`;
    } else {
      flow.classList.add("said");
      for (const sentence of slide.sentences) flow.append(element("p", "", sentence));
    }
    body.replaceChildren(flow);
    return paginate(flow, share);
  }

  // A chart of many rows is shown piece by piece, each between what stands above its plot and what stands below it.
  function pieces(svg) {
    const { width, height } = svg.viewBox.baseVal;
    const shown = (width * body.clientHeight) / body.clientWidth;
    if (height <= shown * 1.25) return 1;
    const gaps = gapsOf(svg, shown);
    const [top, bottom] = svg.dataset.plot.split(" ").map((edge) => nearest(gaps, Number(edge)));
    const room = shown - top - (height - bottom);
    const framed = room > shown * 0.4; // else what stands around the plot would leave too little of it
    const places = framed ? cut(top, bottom, room, gaps) : cut(0, height, shown, gaps);
    const whole = document.createElementNS(svg.namespaceURI, "defs");
    const drawn = document.createElementNS(svg.namespaceURI, "g");
    drawn.id = "stage-whole";
    drawn.append(...svg.childNodes);
    whole.append(drawn);
    state.show = (page) => {
      const [from, to] = places[page];
      const strips = framed ? [[0, top], [from, to], [bottom, height]] : [[from, to]];
      svg.replaceChildren(whole);
      svg.setAttribute("viewBox", `0 0 ${width} ${shown}`);
      let at = 0;
      for (const [begin, end] of strips) {
        svg.append(strip(svg, drawn.id, width, begin, end, at));
        at += end - begin;
      }
    };
    svg.dataset.pieces = places.length;
    svg.dataset.cuts = places.flat().join(" ");
    return places.length;
  }

  // Words flow into columns as wide as the screen; type shrinks only where a table would not fit into the width.
  function paginate(flow, share) {
    for (const cell of flow.querySelectorAll("th, td")) if (cell.textContent.trim().length <= SHORT) cell.style.whiteSpace = "nowrap";
    for (const scale of [1, 0.9, 0.8, 0.7, 0.6, 0.5]) {
      document.documentElement.style.fontSize = `${(Math.max(13, innerWidth * 0.0155) * scale * share).toFixed(2)}px`;
      flow.style.columnWidth = `${body.clientWidth}px`;
      const gap = parseFloat(getComputedStyle(flow).columnGap) || 0;
      state.step = body.clientWidth + gap;
      if (![...flow.querySelectorAll("table, img, .cards")].some((one) => one.scrollWidth > body.clientWidth + 1)) break;
    }
    for (const table of flow.querySelectorAll("table")) if (table.tHead) shareOut(table, (one) => screenOf(flow, one));
    return Math.max(1, Math.round((flow.scrollWidth + 1) / state.step + 0.49));
  }

  // Which of the flow's screens something begins on.
  function screenOf(flow, one) {
    return Math.floor((one.getBoundingClientRect().left - flow.getBoundingClientRect().left + 1) / state.step);
  }

  function drawChart(chart) {
    const place = element("div", "chart");
    body.replaceChildren(place);
    const wide = 900; // a chart's type is made for pages of this width
    const scale = body.clientWidth / wide;
    place.style.cssText = `width:${wide}px;height:${body.clientHeight / scale}px;transform:scale(${scale});transform-origin:0 0`;
    const layout = { ...chart.layout, width: wide, height: body.clientHeight / scale };
    window.Plotly.newPlot(place, chart.data, layout, { displayModeBar: false });
  }

  function turn(page) {
    state.page = page;
    const flow = body.querySelector(".flow");
    if (flow) flow.style.transform = `translateX(${-page * state.step}px)`;
    state.show?.(page);
    const within = state.pages > 1 ? ` (${page + 1}/${state.pages})` : "";
    number.textContent = `${state.at + 1} / ${data.slides.length}${within}`;
  }

  function next() {
    if (state.page + 1 < state.pages) turn(state.page + 1);
    else if (state.at + 1 < data.slides.length) show(state.at + 1);
  }

  function back() {
    if (state.page > 0) turn(state.page - 1);
    else if (state.at > 0) show(state.at - 1, -1);
  }

  // The clock of an item goes on while its slides are shown, and stands while others are.
  function spend() {
    const slide = data.slides[state.at];
    const now = Date.now();
    if (slide) state.spent.set(slide.item, (state.spent.get(slide.item) || 0) + now - state.since);
    state.since = now;
  }

  function tick() {
    spend();
    const slide = data.slides[state.at];
    const spent = state.spent.get(slide.item) || 0;
    const planned = slide.minutes ? ` / ${minutes(slide.minutes * 60000)}` : "";
    clock.textContent = `${data.words.item} ${minutes(spent)}${planned} · ${data.words.meeting} ${minutes(Date.now() - begun)}`;
    clock.classList.toggle("over", Boolean(slide.minutes) && spent > slide.minutes * 60000);
  }

  function jump() {
    const box = element("div", "over");
    const list = element("ol");
    let last = null;
    data.slides.forEach((slide, index) => {
      if (slide.item !== last) list.append(element("li", "part", slide.part));
      last = slide.item;
      const line = element("li", index === state.at ? "at" : "");
      line.append(element("span", "", String(index + 1)), element("span", "", slide.title));
      line.dataset.index = index;
      line.onclick = () => { close(); show(index); };
      list.append(line);
    });
    box.append(list);
    if (data.leftOut) box.append(element("p", "", data.leftOut));
    root.append(box);
    list.querySelector(".at")?.scrollIntoView({ block: "center" });
  }

  function help() {
    const box = element("div", "over");
    const list = element("dl");
    for (const [keys, does] of data.words.keys) list.append(element("dt", "", keys), element("dd", "", does));
    box.append(list);
    root.append(box);
  }

  function close() {
    root.querySelectorAll(".over, .blank").forEach((one) => one.remove());
  }

  function overlaid(make) {
    const open = root.querySelector(".over, .blank");
    close();
    if (!open) make();
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("button") && [" ", "Enter"].includes(event.key)) return; // presses that button
    const list = root.querySelector(".over ol");
    if (root.querySelector(".blank")) close();
    else if (list && moveInList(list, event.key)) { /* done */ }
    else if (event.key === "Escape" && root.querySelector(".over")) close();
    else if (event.key === "Escape" && !document.fullscreenElement) leave();
    else if (NEXT.includes(event.key)) { close(); next(); }
    else if (BACK.includes(event.key)) { close(); back(); }
    else if (event.key === "Home") { close(); show(0); }
    else if (event.key === "End") { close(); show(data.slides.length - 1); }
    else if (KEYS[event.key.toLowerCase()]) KEYS[event.key.toLowerCase()]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const KEYS = {
    b: () => overlaid(() => root.append(element("div", "blank"))),
    ".": () => overlaid(() => root.append(element("div", "blank"))),
    j: () => overlaid(jump),
    "?": () => overlaid(help),
    h: () => overlaid(help),
    l: () => root.classList.toggle("dark"),
    f: fullScreen,
    d: decide,
  };

  function moveInList(list, key) {
    const lines = [...list.querySelectorAll("li[data-index]")];
    const now = lines.findIndex((one) => one.classList.contains("at"));
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (key === "Enter") { close(); show(Number(lines[now].dataset.index)); return true; }
    if (!step) return false;
    const to = Math.max(0, Math.min(lines.length - 1, now + step));
    lines[now].classList.remove("at");
    lines[to].classList.add("at");
    lines[to].scrollIntoView({ block: "nearest" });
    return true;
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  }

  function decide() {
    const slide = data.slides[state.at];
    if (slide?.decide) window.open(slide.decide, "_blank", "noopener");
  }

  function leave() {
    if (data.home) location.assign(data.home);
  }

  function tools() {
    const bar = element("div", "tools");
    const button = (label, does) => {
      const one = element("button", "", label);
      one.onclick = () => { does(); root.focus(); };
      bar.append(one);
    };
    button("◀", back);
    button("▶", next);
    button(data.words.list, pressed("j"));
    button(data.words.blank, pressed("b"));
    button(data.words.light, pressed("l"));
    button(data.words.full, fullScreen);
    if (data.slides.some((one) => one.decide)) button(data.words.decide, decide);
    button("?", pressed("?"));
    if (data.home) button(data.words.leave, leave);
    return bar;
  }

  function pressed(key) {
    return () => KEYS[key]();
  }

  function remember(at) {
    if (!data.key) return;
    const address = new URL(location.href);
    address.searchParams.set(data.key, at + 1);
    history.replaceState(history.state, "", address);
  }

  let sleep;
  function wake() {
    root.classList.add("awake");
    clearTimeout(sleep);
    sleep = setTimeout(() => root.classList.remove("awake"), 2500);
  }

  let resized;
  function onResize() {
    clearTimeout(resized);
    resized = setTimeout(() => show(state.at, state.page), 150);
  }

  const ticking = setInterval(() => data.slides.length && tick(), 1000);
  document.addEventListener("keydown", onKey, true);
  addEventListener("resize", onResize);
  root.addEventListener("mousemove", wake);
  if (data.slides.length) show((data.start || 1) - 1);
  else {
    title.textContent = data.leftOut;
    mark.hidden = true;
  }
  root.focus();
  return () => {
    clearInterval(ticking);
    document.removeEventListener("keydown", onKey, true);
    removeEventListener("resize", onResize);
    document.documentElement.style.fontSize = typeSize;
  };
}

function element(tag, name = "", text = "") {
  const one = document.createElement(tag);
  if (name) one.className = name;
  if (text) one.textContent = text;
  return one;
}

function minutes(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// A table that goes on over several screens: every piece becomes a table with the head of the whole.
function shareOut(table, screenOf) {
  if (table.tBodies[0]?.rows.length && screenOf(table.tHead) < screenOf(table.tBodies[0].rows[0])) table.style.breakBefore = "column";
  const parts = [table];
  for (;;) {
    const last = parts.at(-1);
    const rows = rowsOf(last);
    let at = rows.findIndex((row) => screenOf(row) > screenOf(rows[0]));
    while (at > 1 && rows[at - 1].matches(".head")) at -= 1; // a heading goes with what stands below it
    if (at < 1) break;
    if (parts.length === 1) keepWidths(table);
    parts.push(continued(last, rows.slice(at)));
  }
  if (parts.length > 1) even(...parts.slice(-2));
}

function rowsOf(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows]);
}

// The columns of all pieces are as wide as those of the whole.
function keepWidths(table) {
  const fullest = [...table.rows].reduce((most, row) => (row.cells.length > most.cells.length ? row : most));
  const columns = element("colgroup");
  for (const cell of fullest.cells) {
    const column = element("col");
    column.style.width = `${cell.getBoundingClientRect().width}px`;
    columns.append(column);
  }
  table.prepend(columns);
  table.style.tableLayout = "fixed";
}

// The rows as a table of their own on the next screen, with the same head.
function continued(table, rows) {
  const next = table.cloneNode(false);
  next.style.breakBefore = "column";
  next.append(table.querySelector("colgroup").cloneNode(true), table.tHead.cloneNode(true));
  next.append(element("tbody"));
  next.tBodies[0].append(...rows);
  table.after(next);
  return next;
}

// A last piece of one or two rows gets more from the piece before it.
function even(before, last) {
  const all = [...rowsOf(before), ...rowsOf(last)];
  const few = rowsOf(last).length;
  if (few > 2) return;
  let keep = Math.ceil(all.length / 2);
  while (keep > 1 && all[keep - 1].matches(".head")) keep -= 1;
  last.tBodies[0].prepend(...all.slice(keep, all.length - few));
}

// The spaces between the rows of a chart: where no word stands. Words that run up the chart are no row.
function gapsOf(svg, shown) {
  const words = [...svg.querySelectorAll("text")].map((one) => one.getBBox()).filter((box) => box.height < shown / 4);
  const gaps = [];
  let end = 0;
  for (const box of words.sort((one, other) => one.y - other.y)) {
    if (box.y > end) gaps.push([end, box.y]);
    end = Math.max(end, box.y + box.height);
  }
  return [...gaps, [end, Math.max(end, svg.viewBox.baseVal.height)]];
}

// The place in a gap that is nearest to the place asked for.
function nearest(gaps, place) {
  const within = gaps.map(([begin, end]) => Math.max(begin, Math.min(end, place)));
  return within.reduce((best, one) => (Math.abs(one - place) < Math.abs(best - place) ? one : best));
}

// The fewest pieces of about the same height, each within the room and ending in the middle of a gap if there is one.
function cut(from, to, room, gaps) {
  for (let count = Math.ceil((to - from) / room); ; count += 1) {
    const found = [];
    for (let begin = from, left = count; left; left -= 1) {
      const wanted = begin + (to - begin) / left;
      const middles = gaps.map(([start, end]) => (start + end) / 2).filter((one) => one > begin + 1 && one <= begin + room && one < to);
      const end = left === 1 ? to : nearest(middles.length ? middles.map((one) => [one, one]) : [[wanted, wanted]], wanted);
      found.push([begin, end]);
      begin = end;
    }
    const [begin, end] = found.at(-1);
    if (end - begin <= room + 1 || count > 100) return found;
  }
}

// A part of the whole chart, drawn at a height of the screen.
function strip(svg, whole, width, begin, end, at) {
  const part = document.createElementNS(svg.namespaceURI, "svg");
  const place = { x: 0, y: at, width, height: end - begin, viewBox: `0 ${begin} ${width} ${end - begin}` };
  for (const [name, value] of Object.entries(place)) part.setAttribute(name, value);
  const use = document.createElementNS(svg.namespaceURI, "use");
  use.setAttribute("href", `#${whole}`);
  part.append(use);
  return part;
}
