// Where this device keeps what was typed and not sent: one entry a part of a page, by person, thing, page and part.

export const PREFIX = "pins-keep:";

// A browser that is told to keep nothing throws at the very name; the page then saves without keeping.
export function storeOf(browser) {
  try {
    return browser.localStorage;
  } catch {
    return null;
  }
}

// One entry, or nothing: what cannot be read (another version of the page wrote it, or somebody's hand) is thrown away.
export function read(store, key) {
  try {
    const { fields, title, words, fault, how, to, page } = JSON.parse(store?.getItem(key) ?? "null") ?? {};
    if (fields === undefined) return null;
    const pairs = fields.map(([name, value]) => [String(name), String(value)]);
    const why = fault ? { box: String(fault.box), words: String(fault.words) } : null;
    const shown = { title: String(title), words: words.map(String), fault: why };
    return { fields: pairs, ...shown, how, to: String(to), page: String(page) };
  } catch {
    store?.removeItem(key);
    return null;
  }
}
