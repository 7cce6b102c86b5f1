// On the pages around a page of parts: what this device still holds of the self-audit or the record is sent, and what
// cannot be sent is shown, so that nobody submits or shares without it unawares. keep.js wrote it. Without this file
// nothing is lost, only unseen.

import { PREFIX, read, storeOf } from "./kept.js";

const RETRY_EVERY = 15000;
const PATIENCE = 10000;
const notice = document.querySelector("[data-unsent-of]");
const submission = document.querySelector("form[data-submits]");
const store = storeOf(window);
let busy = false;

if (notice) {
  notice.querySelector("[data-unsent-drop]").addEventListener("click", dropAll);
  submission?.addEventListener("submit", holdBack, { capture: true });
  window.addEventListener("pageshow", look);
  window.addEventListener("online", look);
  if (isOpen()) window.setInterval(look, RETRY_EVERY);
}

function isOpen() { return notice.hasAttribute("data-unsent-goes"); }

function waiting() {
  const owner = `${PREFIX}${notice.dataset.unsentOf}:`;
  return Object.keys(store ?? {}).filter((key) => key.startsWith(owner)).sort(); // no store has kept nothing
}

async function look() {
  if (busy) return;
  busy = true;
  const arrived = [];
  for (const key of isOpen() ? waiting() : []) arrived.push(await send(key));
  busy = false;
  // What went with the page's own form was counted already; for anything else this page is out of date.
  if (arrived.includes("typed")) location.reload();
  else show();
}

// Says how it was sent before, or nothing when it has not arrived.
async function send(key) {
  const kept = read(store, key);
  if (!kept) return "";
  const text = store.getItem(key);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams([...kept.fields, ["csrfmiddlewaretoken", token]]);
  try {
    const answer = await fetch(kept.to, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    const markup = answer.ok ? await answer.text() : "";
    if (!markup.includes("data-acknowledged")) {
      if (store.getItem(key) === text) noteFault(key, kept, markup);
      return "";
    }
  } catch {
    return "";
  }
  if (store.getItem(key) === text) store.removeItem(key);
  return kept.how || "typed";
}

// Why the server would not take it: it waits for somebody who mends it, and the page says so.
function noteFault(key, kept, markup) {
  const line = new DOMParser().parseFromString(markup, "text/html").querySelector("[data-faulty]");
  if (!line) return;
  const fault = { box: line.dataset.faulty, words: line.textContent.trim() };
  store.setItem(key, JSON.stringify({ ...kept, fault }));
}

function show() {
  const list = notice.querySelector("ul");
  list.replaceChildren(...waiting().map(line).filter(Boolean));
  notice.hidden = !list.children.length;
}

function line(key) {
  const kept = read(store, key);
  if (!kept) return null;
  const item = document.createElement("li");
  const title = document.createElement(isOpen() ? "a" : "strong");
  title.textContent = kept.title;
  if (isOpen()) {
    title.href = kept.page;
    title.className = "govuk-link";
  }
  item.append(title);
  if (kept.fault) item.append(paragraph(kept.fault.words, "govuk-error-message"));
  for (const text of kept.words) item.append(paragraph(text, "pins-typed"));
  return item;
}

function paragraph(text, kind) {
  const words = document.createElement("p");
  words.className = kind;
  words.textContent = text;
  return words;
}

function dropAll() {
  for (const key of waiting()) store.removeItem(key);
  show();
}

function holdBack(event) {
  if (!waiting().length) return;
  event.preventDefault();
  event.stopPropagation();
  show();
  notice.scrollIntoView();
  notice.querySelector("[tabindex]").focus();
}
