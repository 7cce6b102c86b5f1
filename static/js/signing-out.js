// Signing out takes with it whatever this device still kept of a person's unsent words.
for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", () => {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("pins-keep:")) localStorage.removeItem(key);
      }
    } catch {
      // A browser that is told to keep nothing has kept nothing.
    }
  });
}
