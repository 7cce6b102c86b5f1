// What is typed into a page of parts (a self-audit, the record of a visit) stays on this device until the server has said
// that it is saved, or the person signs out. It never leaves the device but by the ordinary saving. Everything works
// without this file.

import { PREFIX, storeOf, read } from "./kept.js";
import { hasLine } from "./line.js";
import { leadTo, owesChoice, sayAtFoot } from "./not-saved.js";

const RETRY_EVERY = 15000;
const SEAL = /^(\??\d+-[0-9a-f]+)-([0-9a-f]+)\.(\d+)$/;
const form = document.querySelector("form[data-keep]");
const store = storeOf(window);
const acknowledged = new WeakMap(); // of each part what the server has of it, and what its line says of that
let signsOut = false;

if (form) {
  forgetOthers();
  document.addEventListener("pins:signed-out", () => { signsOut = true; });
  for (const part of form.querySelectorAll("[data-keep-part]")) restore(part);
  sayAtFoot();
  form.addEventListener("input", noteInput);
  form.addEventListener("submit", saveAll);
  window.addEventListener("pagehide", sendOnLeaving);
  window.addEventListener("online", () => {
    form.querySelector("[data-no-line]")?.remove();
    sendAll();
  });
  window.setInterval(sendAll, RETRY_EVERY);
  window.addEventListener("load", () => {
    sendAll(); // by now htmx listens
    window.setTimeout(leadToKept); // the browser has gone to the part, and left no box with the focus
  });
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

function lineOf(part) { return part.querySelector(".pins-saved"); }

function say(part, words) {
  const said = document.createElement("p");
  said.className = "pins-unsent";
  said.textContent = words;
  replaceSaid(part, [said]);
  sayAtFoot(words, "pins-unsent");
}

function replaceSaid(part, paragraphs) {
  const line = lineOf(part);
  for (const old of line.querySelectorAll("p")) old.remove();
  line.removeAttribute("data-faulty");
  line.append(...paragraphs);
}

// What was typed, whatever page it was typed on.
function typed(part, pairs) { return JSON.stringify(pairs.filter(([name]) => name !== sealOf(part))); }

function noteAcknowledged(part) {
  const said = [...lineOf(part).querySelectorAll("p")].map((one) => one.cloneNode(true));
  acknowledged.set(part, { typed: typed(part, valuesOf(part)), said });
  delete part.dataset.flying;
}

// Typed, and taken out again before any of it went: nothing waits. Once something went without an answer nobody knows.
function isAsAcknowledged(part) {
  return !part.dataset.flying && acknowledged.get(part)?.typed === typed(part, valuesOf(part));
}

function noteInput(event) {
  const part = partOf(event.target);
  if (!part) return;
  part.dataset.typed = String(turnOf(part) + 1);
  stamp(part);
  delete part.dataset.faulty;
  if (isAsAcknowledged(part)) {
    forget(part);
    replaceSaid(part, acknowledged.get(part).said.map((one) => one.cloneNode(true)));
    sayAtFoot();
    return;
  }
  keep(part);
  if (event.target.matches("textarea, input[type=text]")) send(part);
}

// With what another page needs to send it, and to say what still waits here (unsent.js).
function keep(part, how = "") {
  part.dataset.unsent = "yes";
  if (signsOut) return; // a sending that fails now must not bring back what signing-out.js took away
  const title = `${textOf("h1")}: ${headingOf(part).textContent.trim()}`;
  const of = { title, words: wordsOf(part), fault: faultOf(part) };
  const kept = { fields: valuesOf(part), ...of, how, to: addressOf(part), page: pageOf(part) };
  try {
    store?.setItem(keyOf(part), JSON.stringify(kept));
  } catch {
    // No room, or a browser that keeps nothing: the page itself still has it.
  }
}

function addressOf(part) { return new URL(part.getAttribute("hx-post"), location).pathname; }
function pageOf(part) { return `${location.pathname}#${part.id}`; }

// Why the server would not take it, for the pages that say so: nobody should wait for it to go by itself.
function faultOf(part) {
  if (!part.dataset.faulty && !part.dataset.refused) return null;
  return { box: lineOf(part).dataset.faulty ?? "", words: lineOf(part).textContent.trim() };
}

function forget(part) {
  delete part.dataset.unsent;
  delete part.dataset.refused;
  store?.removeItem(keyOf(part));
}

function restore(part) {
  const values = read(store, keyOf(part))?.fields;
  const isAsSent = lineOf(part).hasAttribute("data-as-sent");
  if (owesChoice(part)) return; // what is kept carries the seal that it was typed on, and meets both versions again
  if (!isAsSent) noteAcknowledged(part);
  const isSame = values && typed(part, values) === typed(part, valuesOf(part));
  if (isAsSent && (isSame || !values)) {
    takeAsSent(part);
  } else if (isSame) {
    forget(part);
  } else if (values) {
    // With the seal of the page that they were typed on: a colleague's newer answer is not overwritten.
    fill(part, values);
    for (const fold of part.querySelectorAll("details.pins-answer")) fold.open = true;
    part.dataset.unsent = "yes";
    say(part, "Not sent yet. It was kept on this device and is being sent now.");
  }
}

// The page came back with what was sent, not with what is stored: this device keeps it until it is.
function takeAsSent(part) {
  const isFaulty = lineOf(part).hasAttribute("data-faulty");
  if (isFaulty) part.dataset.faulty = "yes";
  if (isFaulty || store?.getItem(keyOf(part))) keep(part);
}

// From the link of a page that says what waits here.
function leadToKept() {
  const part = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (part?.dataset.unsent) leadTo(location.hash, read(store, keyOf(part))?.fault?.box);
}

function send(part) { part.dispatchEvent(new CustomEvent("pins:typed")); }
function waiting() { return form.querySelectorAll("[data-unsent]"); }
function unsent() { return form.querySelectorAll("[data-unsent]:not([data-refused], [data-faulty])"); }
function sendAll() { for (const part of unsent()) send(part); }

// Somebody leaves in the moment between the last letter and its sending: it goes now. Should it not arrive, the pages
// around this one send it (unsent.js).
function sendOnLeaving() {
  if (signsOut) return;
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
    for (const part of waiting()) keep(part, "posted");
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

function sayNoLine(submitter) {
  for (const part of waiting()) keep(part);
  const notice = document.createElement("p");
  notice.className = "pins-notice pins-notice--warning";
  notice.dataset.noLine = "";
  notice.setAttribute("role", "alert");
  notice.textContent = waiting().length
    ? "No connection: what you wrote is kept on this device and goes when the line is back."
    : "No connection: everything you wrote is saved. Go on when the line is back.";
  (submitter?.closest(".govuk-button-group") ?? form.lastElementChild).before(notice);
}

// Leaving a box sends it too: when nothing was typed since the server answered, there is nothing to send.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  const part = partOf(event.detail.elt);
  if (!part) return;
  if (!part.dataset.unsent || part.dataset.faulty) {
    event.preventDefault();
    return;
  }
  part.dataset.sent = String(turnOf(part));
  part.dataset.flying = part.dataset.flying === "lost" ? "lost" : "yes";
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  const line = event.detail.elt;
  const part = partOf(line);
  if (part === line) settle(part);
  else if (line.hasAttribute("data-acknowledged")) acknowledge(part, line);
  else if (line.hasAttribute("data-faulty")) noteFault(part);
});

function acknowledge(part, line) {
  stamp(part, form.dataset.page); // what was restored came from an earlier page; from now on this one writes
  if (part.dataset.sent === String(turnOf(part))) {
    forget(part);
    noteAcknowledged(part);
  } else {
    keep(part); // more was typed meanwhile; from now on it builds on the new seal
  }
  sayAtFoot(line.textContent.trim());
}

// The server would not take it. It stays on the device, and goes again once somebody has changed it.
function noteFault(part) {
  stamp(part);
  if (part.dataset.sent === String(turnOf(part))) part.dataset.faulty = "yes";
  if (part.dataset.flying === "yes") delete part.dataset.flying;
  keep(part);
  sayAtFoot();
}

// A whole part came anew: two versions to choose from, or the one that was chosen. The focus goes with it.
function settle(part) {
  const heading = part.querySelector(".pins-notice h3, .pins-notice h4") ?? headingOf(part);
  heading.tabIndex = -1;
  heading.focus();
  stamp(part, form.dataset.page);
  if (!owesChoice(part)) {
    forget(part);
    noteAcknowledged(part);
  }
  sayAtFoot(lineOf(part).textContent.trim());
}

// Trying again would change nothing: it was taken back or removed, or the page belongs to somebody else by now.
function refuse(part) {
  part.dataset.refused = "yes";
  say(part, "Not saved: this is no longer yours to write. Copy what you wrote, then load the page again.");
  keep(part);
}

for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(trouble, (event) => {
    const part = partOf(event.detail.elt);
    if (!part) return;
    part.dataset.flying = "lost";
    keep(part);
    const status = event.detail.xhr?.status ?? 0;
    if (status >= 400 && status < 500) refuse(part);
    else say(part, "Not sent yet. It is kept on this device and goes when the connection is back.");
  });
}
