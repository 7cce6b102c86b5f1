// Signing out takes with it whatever this device still kept of a person's unsent words. They are asked first: what was
// not sent is nowhere else.
import { PREFIX, storeOf } from "./kept.js";

const store = storeOf(window); // a browser that is told to keep nothing has kept nothing

for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", (event) => {
    const kept = Object.keys(store ?? {}).filter((key) => key.startsWith(PREFIX));
    if (kept.length && !form.dataset.asked) {
      event.preventDefault();
      ask(form, kept.length);
      return;
    }
    for (const key of kept) store.removeItem(key);
  });
}

// Not in a window of the browser's own, which some people have switched off: the second press is the answer.
function ask(form, count) {
  form.dataset.asked = "yes";
  const notice = document.createElement("p");
  notice.className = "pins-notice pins-notice--warning";
  notice.setAttribute("role", "alert");
  const what = count === 1 ? "One part is" : `${count} parts are`;
  notice.textContent = `${what} not sent yet and would be lost. With a connection it is sent by itself: wait for that, or press “Sign out” once more to lose it.`;
  document.querySelector("#main-content").prepend(notice);
  notice.tabIndex = -1;
  notice.scrollIntoView({ block: "center" });
}
