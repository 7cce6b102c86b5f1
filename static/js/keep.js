// What is typed into a page of parts (a self-audit, the record of a visit) stays on this device until the server has said
// that it is saved, or the person signs out. It never leaves the device but by the ordinary saving. Everything works
// without this file.

import { PREFIX, storeOf, read } from "./kept.js";

const RETRY_EVERY = 15000;
const PATIENCE = 10000;
const SEAL = /^(\??\d+-[0-9a-f]+)-([0-9a-f]+)\.(\d+)$/;
const form = document.querySelector("form[data-keep]");
const store = storeOf(window);
let signsOut = false;

if (form) {
  forgetOthers();
  for (const out of document.querySelectorAll("form[data-signs-out]")) {
    out.addEventListener("submit", (event) => { signsOut = !event.defaultPrevented; });
  }
  for (const part of form.querySelectorAll("[data-keep-part]")) restore(part);
  form.addEventListener("input", noteInput);
  form.addEventListener("submit", saveAll);
  window.addEventListener("pagehide", sendOnLeaving);
  window.addEventListener("online", () => {
    form.querySelector("[data-no-line]")?.remove();
    sendAll();
  });
  window.setInterval(sendAll, RETRY_EVERY);
  window.addEventListener("load", sendAll); // by then htmx listens
}

// Whoever it was that typed before on this device: their unsent words are not this person's business.
function forgetOthers() {
  const owner = `${PREFIX}${form.dataset.keep.split(":")[0]}:`;
  for (const key of Object.keys(store ?? {})) {
    if (key.startsWith(PREFIX) && !key.startsWith(owner)) store.removeItem(key);
  }
}

function keyOf(part) { return `${PREFIX}${form.dataset.keep}:${part.dataset.keepPart}`; }
function sealOf(part) { return `${part.dataset.keepPart}-seen`; }
function sealField(part) { return fieldsOf(part).find((field) => field.name === sealOf(part)); }
function partOf(element) { return element.closest?.("[data-keep-part]"); }
function isTick(field) { return ["radio", "checkbox"].includes(field.type); }

function fieldsOf(part) {
  const fields = [...part.querySelectorAll("input, select, textarea")];
  return fields.filter((field) => field.name && field.type !== "submit");
}

// Names and values as a form sends them: what is not ticked is not there, several ticks of one name are.
function valuesOf(part) {
  const sent = fieldsOf(part).filter((field) => !isTick(field) || field.checked);
  return sent.map((field) => [field.name, field.value]);
}

function textOf(selector, where = document) { return where.querySelector(selector).textContent.trim(); }
function headingOf(part) { return part.querySelector("h2, h3"); }

// What stands in the part, as a person would read it.
function wordsOf(part) {
  const filled = fieldsOf(part).filter((field) => field.type !== "hidden" && field.value.trim());
  const shown = filled.filter((field) => field.checked || !isTick(field));
  return shown.map((field) => {
    const label = field.labels[0]?.textContent.trim() ?? "";
    if (field.checked) return label;
    return `${label} ${field.selectedOptions?.[0].textContent.trim() ?? field.value}`;
  });
}

function fill(part, values) {
  for (const field of fieldsOf(part)) {
    const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTick(field)) field.checked = own.includes(field.value);
    else if (own.length) field.value = own[0];
  }
}

// How often somebody typed here. It travels in the seal, and so does the page that sends: when an answer was lost on its
// way back, the server can tell that the same page says more, and asks nobody to choose between their own two versions.
function turnOf(part) { return Number(part.dataset.typed ?? SEAL.exec(sealField(part).value)?.[3] ?? 0); }

function stamp(part, page = "$2") {
  const seal = sealField(part);
  seal.value = seal.value.replace(SEAL, `$1-${page}.${turnOf(part)}`);
}

function say(part, words) {
  const line = part.querySelector(".pins-saved");
  for (const old of line.querySelectorAll("p")) old.remove();
  const said = document.createElement("p");
  said.className = "pins-unsent";
  said.textContent = words;
  line.append(said);
  sayBelow(words, "pins-unsent");
}

// The same once more at the foot of the window: on a phone the line of the answer is often out of sight.
function sayBelow(words, kind = "") {
  const latest = form.querySelector("[data-latest]");
  latest.hidden = !words;
  latest.className = `pins-latest ${kind}`;
  latest.textContent = words;
}

function noteInput(event) {
  const part = partOf(event.target);
  if (!part) return;
  part.dataset.typed = String(turnOf(part) + 1);
  stamp(part);
  keep(part);
  if (event.target.matches("textarea, input[type=text]")) send(part);
}

// With what another page needs to send it, and to say what still waits here (unsent.js).
function keep(part, how = "") {
  part.dataset.unsent = "yes";
  if (signsOut) return; // a sending that fails now must not bring back what signing-out.js took away
  const title = `${textOf("h1")}: ${headingOf(part).textContent.trim()}`;
  const kept = { fields: valuesOf(part), title, words: wordsOf(part), how, to: addressOf(part), page: pageOf(part) };
  try {
    store?.setItem(keyOf(part), JSON.stringify(kept));
  } catch {
    // No room, or a browser that keeps nothing: the page itself still has it.
  }
}

function addressOf(part) { return new URL(part.getAttribute("hx-post"), location).pathname; }
function pageOf(part) { return `${location.pathname}#${part.id}`; }

function forget(part) {
  delete part.dataset.unsent;
  store?.removeItem(keyOf(part));
}

function restore(part) {
  const values = read(store, keyOf(part))?.fields;
  if (!values) return;
  const typed = (pairs) => JSON.stringify(pairs.filter(([name]) => name !== sealOf(part)));
  if (typed(values) === typed(valuesOf(part))) {
    forget(part);
    return;
  }
  fill(part, values); // with the seal of the page that they were typed on: a colleague's newer answer is not overwritten
  for (const fold of part.querySelectorAll("details.pins-answer")) fold.open = true;
  part.dataset.unsent = "yes";
  say(part, "Not sent yet. It was kept on this device and is being sent now.");
}

function send(part) { part.dispatchEvent(new CustomEvent("pins:typed")); }
function unsent() { return form.querySelectorAll("[data-unsent]:not([data-refused])"); }
function sendAll() { for (const part of unsent()) send(part); }

// Somebody leaves in the moment between the last letter and its sending: it goes now. Should it not arrive, the pages
// around this one send it (unsent.js).
function sendOnLeaving() {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const part of unsent()) {
    const body = new URLSearchParams([...valuesOf(part), ["csrfmiddlewaretoken", token]]);
    fetch(addressOf(part), { method: "POST", body, keepalive: true }).catch(() => {});
  }
}

// Saving by the button leaves the page, which without a connection is the browser's own page of errors.
async function saveAll(event) {
  if (form.dataset.line === "there") { // this is the press that was held back below
    delete form.dataset.line;
    for (const part of unsent()) keep(part, "posted");
    return;
  }
  event.preventDefault();
  if (form.dataset.line) return;
  form.dataset.line = "asked";
  const { submitter } = event;
  form.querySelector("[data-no-line]")?.remove();
  const isThere = await hasLine();
  if (isThere) form.dataset.line = "there";
  else delete form.dataset.line;
  if (isThere) form.requestSubmit(submitter);
  else sayNoLine(submitter);
}

// Any answer will do. A browser knows for certain only that it has no connection, not that it has one.
async function hasLine() {
  if (!navigator.onLine) return false;
  try {
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}

function sayNoLine(submitter) {
  for (const part of unsent()) keep(part);
  const notice = document.createElement("p");
  notice.className = "pins-notice pins-notice--warning";
  notice.dataset.noLine = "";
  notice.setAttribute("role", "alert");
  notice.textContent = unsent().length
    ? "No connection: what you wrote is kept on this device and goes when the line is back."
    : "No connection: everything you wrote is saved. Go on when the line is back.";
  (submitter?.closest(".govuk-button-group") ?? form.lastElementChild).before(notice);
}

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const part = partOf(event.detail.elt);
  if (part) part.dataset.sent = String(turnOf(part));
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  const line = event.detail.elt;
  const part = partOf(line);
  if (part === line) settle(part);
  if (!part || !line.hasAttribute("data-acknowledged")) return;
  sayBelow(line.textContent.trim());
  stamp(part, form.dataset.page); // what was restored came from an earlier page; from now on this one writes
  if (part.dataset.sent === String(turnOf(part))) forget(part);
  else keep(part); // more was typed meanwhile; from now on it builds on the new seal
});

// A whole part came anew: two versions to choose from, or the one that was chosen. The focus goes with it.
function settle(part) {
  const heading = part.querySelector(".pins-notice h3, .pins-notice h4") ?? headingOf(part);
  heading.tabIndex = -1;
  heading.focus();
  stamp(part, form.dataset.page);
  if (!part.querySelector(".pins-notice")) forget(part);
}

// Trying again would change nothing: it was taken back or removed, or the page belongs to somebody else by now.
function refuse(part) {
  part.dataset.refused = "yes";
  say(part, "Not saved: this is no longer yours to write. Copy what you wrote, then load the page again.");
}

for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(trouble, (event) => {
    const part = partOf(event.detail.elt);
    if (!part) return;
    keep(part);
    const status = event.detail.xhr?.status ?? 0;
    if (status >= 400 && status < 500) refuse(part);
    else say(part, "Not sent yet. It is kept on this device and goes when the connection is back.");
  });
}
