// Elements without innerHTML: whatever text an experiment carries, it stays text.

/** What `h` gave an element: attributes and listeners by name. */
const given = new WeakMap();

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
  const own = { attributes: new Map(), listeners: new Map() };
  given.set(element, own);
  const attribute = (key, value) => {
    own.attributes.set(key, value);
    element.setAttribute(key, value);
  };
  if (classes.length) attribute('class', classes.join(' '));
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') listen(element, key.replace(/^on/, ''), value);
    else if (key === 'style') Object.assign(element.style, (own.style = value));
    else if (key === 'dataset') Object.assign(element.dataset, value);
    else attribute(key, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/** Replaces an element's content. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/**
 * Brings an element's content up to date and keeps what is still wanted: the same elements stay, so
 * that newer figures take neither the focus nor a text selection away, and load no picture again.
 * For content of which nobody keeps hold of a part.
 */
export function refill(element, ...children) {
  const wanted = document.createElement('template');
  append(wanted, children);
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  reconcile(element, wanted);
  // To be moved takes an element's focus.
  if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
  return element;
}

/** Makes the children of one element like those of another, whose own may be taken over. */
function reconcile(element, wanted) {
  const nodes = [...wanted.childNodes];
  const old = new Set(element.childNodes);
  const kept = new Map();
  const keep = (candidates, node) => {
    const found = kept.has(node) ? undefined : candidates.find(candidate => old.has(candidate) && isRenewable(candidate, node));
    if (!found) return;
    kept.set(node, found);
    old.delete(found);
  };
  const byIdentity = new Map();
  old.forEach(node => byIdentity.set(identity(node), [...(byIdentity.get(identity(node)) ?? []), node]));
  nodes.filter(node => identity(node) !== null).forEach(node => keep(byIdentity.get(identity(node)) ?? [], node));
  nodes.forEach(node => keep([...old], node));
  old.forEach(node => node.remove());
  let at = element.firstChild;
  for (const node of nodes) {
    const stays = kept.get(node) ?? node;
    if (stays !== node) update(stays, node);
    if (stays === at) at = at.nextSibling;
    else element.insertBefore(stays, at);
  }
}

/** Whether one node can become the other. */
const isRenewable = (a, b) => a.nodeName === b.nodeName && (a.nodeType === Node.TEXT_NODE || (given.has(a) && given.has(b)));

/** What an element leads to: the same in a list of other order. */
const identity = node => (node.nodeType !== Node.ELEMENT_NODE ? null : node.getAttribute('href') ?? node.querySelector('[href]')?.getAttribute('href') ?? null);

function update(node, wanted) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== wanted.data) node.data = wanted.data;
    return;
  }
  const has = given.get(node);
  const gets = given.get(wanted);
  for (const name of has.attributes.keys()) {
    if (!gets.attributes.has(name)) node.removeAttribute(name);
  }
  // Against what was given, not what is there: an element's own state, set since, is left alone.
  for (const [name, value] of gets.attributes) {
    if (has.attributes.get(name) !== value) node.setAttribute(name, value);
  }
  has.attributes = gets.attributes;
  Object.assign(node.style, gets.style);
  for (const type of has.listeners.keys()) has.listeners.set(type, null);
  for (const [type, listener] of gets.listeners) listen(node, type, listener);
  reconcile(node, wanted);
}

/** Sets the listener of an element for a type of event, in place of the one before. */
function listen(element, type, listener) {
  const { listeners } = given.get(element);
  if (!listeners.has(type)) element.addEventListener(type, event => listeners.get(type)?.(event));
  listeners.set(type, listener);
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}
