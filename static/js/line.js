// Whether there is a connection. A browser knows for certain only that it has none, not that it has one: any answer of
// the server's will do.

const PATIENCE = 10000;

export async function hasLine() {
  if (!navigator.onLine) return false;
  try {
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}
