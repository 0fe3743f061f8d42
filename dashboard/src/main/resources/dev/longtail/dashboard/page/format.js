import { h } from './dom.js';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** A count: 1,024; a dash where it is not known. */
export const count = n => (n === null || n === undefined ? '–' : whole.format(n));

/** A large count in few characters: 1.28M. */
export const short = n => (n === null || n === undefined ? '–' : Math.abs(n) < 10000 ? whole.format(n) : compact.format(n));

/** A number with some decimals; a dash where it is undefined. */
export const fixed = (x, digits = 2) => (x === null || x === undefined ? '–' : minus(x.toFixed(digits)));

/** A share as percent. */
export const percent = (x, digits = 0) => (x === null || x === undefined ? '–' : `${(100 * x).toFixed(digits)}\u00a0%`);

/** An expected count, which may be far below 1. */
export function expected(x) {
  if (x === null || x === undefined) return '–';
  if (x >= 100) return short(Math.round(x));
  if (x >= 10) return x.toFixed(0);
  if (x >= 0.1) return x.toFixed(1);
  if (x >= 0.001) return x.toPrecision(1);
  return '< 0.001';
}

/** A real minus sign, so that columns line up and read well. */
const minus = text => text.replace('-', '\u2212').replace(/^\u2212(0(\.0*)?)$/, '$1');

/** Time passed, in the two largest units. */
export function age(millis) {
  if (millis === null || millis === undefined) return '–';
  const s = Math.max(0, Math.round(millis / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60 ? `${s % 60} s` : ''}`.trim();
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

export const clock = millis => (millis ? new Date(millis).toLocaleTimeString('en-GB') : '–');

/**
 * An estimate with its standard error; never a value alone. Where all trials of each side agree the plug-in error
 * is 0, which is not certainty: the interval is shown instead, where there is one.
 */
export function estimate(value, standardError, digits = 2, interval = null) {
  if (value === null || value === undefined) {
    return h('span.estimate.undefined', { title: 'undefined: one side has no trials yet' }, h('span.value', {}, 'undefined'));
  }
  if (standardError === 0) {
    const range = interval && interval.lower !== null ? `${fixed(interval.lower, digits)} to ${fixed(interval.upper, digits)}` : 'all trials agree';
    return h('span.estimate', { title: 'all trials of each side agree, so the plug-in error is 0; the 95 % interval is Newcombe’s' },
      h('span.value', {}, fixed(value, digits)), ' ', h('span.se', {}, range));
  }
  // An error that would round to nothing gets a digit more.
  const finer = standardError < 0.5 * 10 ** -digits ? digits + 1 : digits;
  return h('span.estimate', {}, h('span.value', {}, fixed(value, finer)), ' ', h('span.se', {}, `± ${fixed(standardError, finer)}`));
}

/** From how many trials figures are. */
export function trialsText(fewest, most = fewest) {
  if (!most) return 'no trials yet';
  return fewest === most ? `from ${count(most)} trials` : `from ${count(fewest)} to ${count(most)} trials (a refresh is under way)`;
}

export function trialsNote(trials) {
  return h('span.figure-trials', {}, trialsText(trials));
}

/** A number in a plot's axis: thousands grouped, no trailing digits. */
export const tick = x => (Math.abs(x) >= 1000 ? whole.format(x) : minus(String(Number(x.toPrecision(2)))));

/** A small number with two significant digits, with its sign. */
export const signed = x => `${x > 0 ? '+' : ''}${minus(Number(x.toPrecision(2)).toString())}`;

/** Name of a class where it stands alone: a bare number would not say what it counts. */
export function labelText(experiment, label) {
  const name = className(experiment, label);
  return /^\d+$/.test(name) ? `label ${name}` : name;
}

/** Name of a class, or its number. */
export function className(experiment, label) {
  if (label === null || label === undefined || label < 0) return '?';
  return experiment.classNames[label] ?? `class ${label}`;
}
