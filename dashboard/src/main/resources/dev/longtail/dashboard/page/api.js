// The JSON interface, as documented in /assets/openapi.json.

/** An error as the server describes it (problem+json). */
export class ProblemError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** Path of an experiment's resource. */
export const path = (output, rest = '') => `/api/experiments/${encodeURIComponent(output)}${rest}`;

/** Address of an example's picture. */
export const picturePath = (output, split, index) => path(output, `/examples/${split}/${index}/picture`);

/** A path with parameters; null ones are left out. */
export function query(base, params) {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') search.set(key, value);
  }
  const text = search.toString();
  return text ? `${base}?${text}` : base;
}

export async function getJson(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: 'application/json' } });
  if (!response.ok) throw await problem(response);
  return response.json();
}

/** Trades a token for a session cookie. */
export async function openSession(token) {
  const response = await fetch('/api/session', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  if (!response.ok) throw await problem(response);
}

async function problem(response) {
  let detail = response.statusText;
  try {
    detail = (await response.json()).detail ?? detail;
  } catch {
    // Not every failure comes from this server; the status has to do.
  }
  return new ProblemError(response.status, detail);
}
