// The letter's page: ink that lights up, zoom, and keys for everything. Without this file its forms still work.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const ZOOMS = [60, 80, 100, 130, 170, 220, 300];
let zoom = 100;
let wanted = null; // the field to be focused once the panel has come back
let busy = false; // a change is on its way: a key pressed now would be meant for what is not there yet
const DECIDES = /^(Enter|[1-5cu])$/; // keys that write; held down they must not decide on the next value, too

const sheets = () => document.getElementById("sheets");
const panel = () => document.getElementById("panel");
const current = () => document.activeElement && document.activeElement.closest(".field");
const musts = () => [...panel().querySelectorAll(".field.must")];

function light(item, scroll) {
  for (const box of sheets().querySelectorAll(".boxes rect:not(.faint)")) box.remove();
  if (!item) return;
  const marked = item.dataset.box ? [item] : [];
  for (const path of (item.dataset.fields || "").split(" ").filter(Boolean)) {
    const field = document.getElementById("f-" + path);
    if (field && field.dataset.box) marked.push(field);
  }
  let first = null;
  for (const one of marked) {
    const group = sheets().querySelector(`.boxes[data-page="${one.dataset.page}"]`);
    if (!group) continue;
    const [x0, y0, x1, y1] = one.dataset.box.split(" ").map(Number);
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x: x0 - 2, y: y0 - 2, width: x1 - x0 + 4, height: y1 - y0 + 4, rx: 2 })) rect.setAttribute(name, value);
    group.append(rect);
    first = first || rect;
  }
  if (first && scroll) bringIn(first);
}

function bringIn(rect) {
  const view = sheets();
  const place = rect.getBoundingClientRect();
  const frame = view.getBoundingClientRect();
  if (place.top >= frame.top + 20 && place.bottom <= frame.bottom - 20 && place.left >= frame.left && place.right <= frame.right) return;
  view.scrollTo({
    top: view.scrollTop + place.top - frame.top - frame.height / 3,
    left: view.scrollLeft + place.left - frame.left - 20,
  });
}

function setZoom(how) {
  const at = ZOOMS.indexOf(zoom);
  if (how === "0") zoom = 100;
  else zoom = ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at + (how === "+" ? 1 : -1)))];
  for (const sheet of sheets().querySelectorAll(".sheet")) sheet.style.width = zoom + "%";
  const lit = sheets().querySelector(".boxes rect:not(.faint)");
  if (lit) bringIn(lit);
}

function goPage(step) {
  const all = [...sheets().querySelectorAll(".sheet")];
  const top = sheets().getBoundingClientRect().top;
  const at = all.findIndex((sheet) => sheet.getBoundingClientRect().bottom > top + 40);
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  if (next) next.scrollIntoView({ block: "start" });
}

function focusField(field) {
  if (!field) return;
  const closed = field.closest("details:not([open])");
  if (closed) closed.open = true;
  field.focus();
}

function step(way) {
  const all = musts();
  if (!all.length) {
    const done = panel().querySelector("[data-confirm]");
    if (done) done.focus();
    return;
  }
  const here = current();
  const at = here ? all.indexOf(here) : -1;
  if (here && at < 0) { // on a value that is sure: the next doubtful one after it
    const later = all.find((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    return focusField(later || all[0]);
  }
  focusField(all[(at + way + all.length) % all.length]);
}

function edit(field, on) {
  const form = field && field.querySelector(".f-edit");
  if (!form) return;
  form.hidden = !on;
  field.querySelector(".f-form").hidden = on;
  const input = form.querySelector("[name=value]");
  if (on) {
    input.focus();
    if (input.select) input.select();
  } else field.focus();
}

function press(selector, field) {
  const button = (field || panel()).querySelector(selector);
  if (!button || button.disabled) return false;
  if (field) wanted = nextAfter(field);
  button.click();
  return true;
}

function nextAfter(field) {
  const all = musts();
  const at = all.indexOf(field);
  const next = at < 0 ? null : all[at + 1] || all.find((one) => one !== field);
  return next ? next.dataset.path : "done";
}

function help() {
  const keys = document.getElementById("keys");
  if (keys.open) keys.close();
  else keys.showModal();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inEdit = event.target.closest && event.target.closest(".f-edit");
  if (inEdit) return onEditKey(event, inEdit.closest(".field"));
  if (document.getElementById("keys").open && event.key !== "?") return;
  if (busy || (event.repeat && (DECIDES.test(event.key) || /^(Key[CU]|Digit[1-5])$/.test(event.code)))) return event.preventDefault();
  const field = current();
  const onField = field && document.activeElement === field;
  const jobs = {
    j: () => step(1), ArrowDown: onField ? () => step(1) : null,
    k: () => step(-1), ArrowUp: onField ? () => step(-1) : null,
    e: () => edit(field || musts()[0], true), F2: () => edit(field || musts()[0], true),
    Enter: onField ? () => press("[data-accept]", field) || step(1) : null,
    u: () => press("[data-undo]"), c: () => press("[data-confirm]"),
    n: () => press("[data-next]"),
    "+": () => setZoom("+"), "=": () => setZoom("+"), "-": () => setZoom("-"), 0: () => setZoom("0"),
    "[": () => goPage(-1), "]": () => goPage(1), "?": help,
  };
  // Thai keyboards send other letters from the same keys: go by the place of the key, too.
  const places = { KeyJ: "j", KeyK: "k", KeyE: "e", KeyU: "u", KeyC: "c", KeyN: "n", BracketLeft: "[", BracketRight: "]", Minus: "-", Equal: "+" };
  const digit = /^Digit([1-5])$/.exec(event.code);
  const job = jobs[event.key] || (/^[\u0e00-\u0e7f]$/.test(event.key) && jobs[places[event.code]]);
  if (digit && field && !event.shiftKey && press(`[data-pick="${digit[1]}"]`, field)) event.preventDefault();
  else if (job) {
    event.preventDefault();
    job();
  }
}

function onEditKey(event, field) {
  if (event.key === "Escape") {
    event.preventDefault();
    edit(field, false);
  } else if (event.key === "Enter" && !event.isComposing && !(event.target.tagName === "TEXTAREA" && event.shiftKey)) {
    if (event.target.tagName === "BUTTON") return;
    event.preventDefault();
    wanted = nextAfter(field);
    event.target.form.requestSubmit();
  }
}

document.addEventListener("keydown", onKey);
document.addEventListener("focusin", (event) => {
  const item = event.target.closest(".field, .finding");
  if (item) light(item, true);
});
document.addEventListener("mouseover", (event) => {
  const item = event.target.closest && event.target.closest(".field, .finding");
  if (item) light(item, true);
});
document.addEventListener("click", (event) => {
  const target = event.target;
  const field = target.closest(".field");
  if (target.closest("[data-zoom]")) setZoom(target.closest("[data-zoom]").dataset.zoom);
  else if (target.closest("[data-keys]")) help();
  else if (target.closest("[data-edit]")) edit(field, true);
  else if (target.closest("[data-cancel]")) edit(field, false);
  else if (target.closest("[data-goto]")) {
    event.preventDefault();
    focusField(document.getElementById("f-" + target.closest("[data-goto]").dataset.goto));
  } else if (field && target.closest(".f-picks")) wanted = nextAfter(field);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target.id === "panel") busy = true;
});

document.addEventListener("htmx:afterRequest", (event) => { // refused or lost: nothing will settle
  if (event.detail.target.id === "panel" && !event.detail.successful) busy = false;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "panel") return;
  busy = false;
  const bad = panel().querySelector(".notice.bad");
  const next = wanted === "done" ? panel().querySelector("[data-confirm]") : wanted && document.getElementById("f-" + wanted);
  wanted = null;
  if (bad) {
    bad.tabIndex = -1;
    bad.focus();
  } else if (next) next.focus();
  else step(1);
});

document.addEventListener("DOMContentLoaded", () => {
  if (!location.hash) step(1);
});
