// Says every 20 seconds that this page is open, and shows who else has it open. Without this file nobody is told.

const EVERY = 20000;
const place = document.querySelector("[data-here]");

if (place) {
  call();
  window.setInterval(call, EVERY);
}

async function call() {
  if (document.hidden) return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token });
  try {
    const answer = await fetch(place.dataset.here, { method: "POST", body });
    // An ended session leads to the sign-in: what is typed says so when it is sent, and is kept.
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch {
    // No connection: the line about saving says it.
  }
}

// Only what is new is shown, or it would be read out every time.
function show(words) {
  if (place.dataset.said === words) return;
  place.dataset.said = words;
  place.innerHTML = words;
}
