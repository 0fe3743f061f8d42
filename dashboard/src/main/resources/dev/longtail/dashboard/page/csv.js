// Tables as CSV (RFC 4180), as the server writes them: undefined numbers are empty, and text that a spreadsheet would take
// for a formula gets an apostrophe in front.

const FORMULA_START = /^[=+\-@\t\r]/;

/** @param {{columns: string[], rows: Array<Array<number|string|boolean|null>>}} table */
export const csv = ({ columns, rows }) => [columns, ...rows].map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';

function cell(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  if (typeof value !== 'string') return String(value);
  const harmless = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
