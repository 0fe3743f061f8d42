import { h, refill } from '../dom.js';
import { count, fixed } from '../format.js';

/** A labelled slider that shows its value; `onChange` is called when it is let go or moved by key. */
export function slider(name, { min, max, step = 0.01, value, title = null, onInput = () => {}, onChange = () => {} }) {
  const output = h('output', {}, fixed(value));
  const input = h('input', {
    type: 'range', min, max, step, value, title, 'aria-label': name,
    oninput: () => {
      output.textContent = fixed(Number(input.value));
      onInput(Number(input.value));
    },
    onchange: () => onChange(Number(input.value)),
  });
  return {
    element: h('label', {}, name, input, output),
    get value() {
      return Number(input.value);
    },
    set value(x) {
      input.value = x;
      output.textContent = fixed(x);
    },
  };
}

/** A labelled choice. */
export function choice(name, options, value, onChange) {
  const select = h('select', { 'aria-label': name, onchange: () => onChange(select.value) },
    options.map(([key, text]) => h('option', { value: key, selected: String(key) === String(value) }, text)));
  return { element: h('label', {}, name, select), get value() { return select.value; } };
}

/** Choice of a class, or of all. */
export function classChoice(experiment, value, onChange) {
  const classes = Array.from({ length: experiment.classes }, (_, k) => [k, experiment.classNames[k] ?? `class ${k}`]);
  return choice('class', [['', 'all'], ...classes], value ?? '', text => onChange(text === '' ? null : Number(text)));
}

/** A button that is on or off. */
export function toggle(name, on, onChange, title = null) {
  const button = h('button', {
    type: 'button', 'aria-pressed': String(on), title,
    onclick: () => {
      const now = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(now));
      onChange(now);
    },
  }, name);
  return button;
}

/** Which rows of how many, with a step back and a step on. */
export class Pager {
  constructor(onMove) {
    this.onMove = onMove;
    this.element = h('span.controls');
  }

  update(offset, shown, all, limit) {
    const step = (text, to, enabled, name) => h('button', { type: 'button', disabled: !enabled, 'aria-label': name, onclick: () => this.onMove(to) }, text);
    refill(this.element,
      h('span.quiet', {}, all === 0 ? 'none' : `${count(offset + 1)} to ${count(offset + shown)} of ${count(all)}`),
      step('←', Math.max(0, offset - limit), offset > 0, 'Previous page'),
      step('→', offset + limit, offset + shown < all, 'Next page'));
  }
}

/** Links to files of what is on screen. */
export const download = (href, text) => h('a.button', { href, download: '', title: `Save this list as ${text}` }, text);

/** What a view's address carries after the question mark; renewed without a new history entry. */
export class AddressState {
  constructor(defaults) {
    const search = new URLSearchParams(location.search);
    this.values = { ...defaults };
    for (const [key, fallback] of Object.entries(defaults)) {
      const text = search.get(key);
      if (text === null) continue;
      if (typeof fallback === 'number') this.values[key] = Number.isFinite(Number(text)) ? Number(text) : fallback;
      else if (typeof fallback === 'boolean') this.values[key] = text === 'true';
      else this.values[key] = key === 'class' ? (Number.isInteger(Number(text)) ? Number(text) : null) : text;
    }
    this.defaults = defaults;
  }

  set(changes) {
    Object.assign(this.values, changes);
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(this.values)) {
      if (value !== null && value !== this.defaults[key]) search.set(key, value);
    }
    const text = search.toString();
    history.replaceState(null, '', text ? `?${text}` : location.pathname);
  }
}
