// A meeting's stage, in the dashboard and in the file to take away. All slides are here: nothing is asked for while it runs.
// data: {title, version, home, start, key, leftOut, words: {…}, slides: [{item, part, minutes, title, footing, sample, svg | html | chart | sentences, decide}]}

const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];

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
    const flow = element("div", "flow");
    if (slide.html) {
      flow.innerHTML = `<div class="qd">${slide.html}</div>`;
    } else {
      flow.classList.add("said");
      for (const sentence of slide.sentences) flow.append(element("p", "", sentence));
    }
    body.replaceChildren(flow);
    return paginate(flow);
  }

  // A chart of many rows is shown piece by piece; a piece begins a little above the end of the one before.
  function pieces(svg) {
    const { width, height } = svg.viewBox.baseVal;
    const shown = (width * body.clientHeight) / body.clientWidth;
    if (height <= shown * 1.25) return 1;
    state.step = shown * 0.88;
    const count = Math.ceil((height - shown) / state.step) + 1;
    state.show = (page) => svg.setAttribute("viewBox", `0 ${Math.min(page * state.step, height - shown)} ${width} ${shown}`);
    svg.dataset.pieces = count;
    return count;
  }

  // Words flow into columns as wide as the screen; type shrinks only where a table would not fit into the width.
  function paginate(flow) {
    for (const scale of [1, 0.9, 0.8, 0.7, 0.6, 0.5]) {
      document.documentElement.style.fontSize = `${(Math.max(13, innerWidth * 0.0155) * scale).toFixed(2)}px`;
      flow.style.columnWidth = `${body.clientWidth}px`;
      const gap = parseFloat(getComputedStyle(flow).columnGap) || 0;
      state.step = body.clientWidth + gap;
      if (![...flow.querySelectorAll("table, img, .cards")].some((one) => one.scrollWidth > body.clientWidth + 1)) break;
    }
    return Math.max(1, Math.round((flow.scrollWidth + 1) / state.step + 0.49));
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
