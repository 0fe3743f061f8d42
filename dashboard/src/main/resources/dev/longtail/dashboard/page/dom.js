// Elements without innerHTML: whatever text an experiment carries, it stays text.

/**
 * Creates an element.
 *
 * @param {string} tag name, with classes after dots: 'p.quiet.small'
 * @param {object} [props] attributes; functions become listeners; null and false are left out
 * @param {...(Node|string|number|null|Array)} children
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(key.replace(/^on/, ''), value);
    else if (key === 'style') Object.assign(element.style, value);
    else if (key === 'dataset') Object.assign(element.dataset, value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

/** Replaces an element's content. Who works by keyboard stays where they were, if that is still there. */
export function fill(element, ...children) {
  const active = document.activeElement;
  const place = active !== element && element.contains(active) ? placeOf(active, element) : null;
  element.replaceChildren();
  append(element, children);
  if (place) focusables(element).filter(e => nameOf(e) === place.name)[place.among]?.focus({ preventScroll: true });
  return element;
}

/** Which of the elements of its name an element is, in the order of the page. */
function placeOf(active, element) {
  const name = nameOf(active);
  return { name, among: focusables(element).filter(e => nameOf(e) === name).indexOf(active) };
}

const focusables = element => [...element.querySelectorAll('a[href], button, input, select, [tabindex]')];

/** What an element is to its reader, whatever its present value: where it leads or what it is called. */
const nameOf = e => [e.localName, e.getAttribute('href'), e.getAttribute('aria-label') ?? (e.localName === 'button' ? e.textContent : '')].join(' ');

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}
