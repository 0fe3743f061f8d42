// Addresses, header, live state: which view is shown and when it is renewed.
import { getJson, openSession, path, ProblemError } from './api.js';
import { redrawAll } from './charts.js';
import { fill, h } from './dom.js';
import { follow } from './live.js';
import { drawStrip } from './parts/strip.js';
import { experimentsView } from './views/experiments.js';
import { overviewView } from './views/overview.js';

const root = document.getElementById('view');
const strip = document.getElementById('strip');
const tabs = document.getElementById('tabs');
const views = { '': ['Overview', overviewView] };

let current = null;

window.addEventListener('popstate', () => open());
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-nav]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.href !== location.href) history.pushState(null, '', link.href);
  open();
  window.scrollTo(0, 0);
});
fill(document.getElementById('tools'), themeButton());
drawStripEverySecond();
open();

async function open() {
  current?.close();
  const here = { close() {}, status: null, connection: { connected: true, why: '', heardAt: performance.now() } };
  current = here;
  fill(strip);
  const parts = location.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  try {
    if (parts[0] === 'e' && parts[1]) await openExperiment(here, parts[1], parts.slice(2));
    else openList(here);
  } catch (error) {
    if (here === current) showProblem(error);
  }
}

function openList(here) {
  fill(tabs);
  const view = experimentsView(root);
  document.title = `${view.title} · Longtail`;
  here.close = follow(null, {
    state: state => view.update(state),
    gone: () => {},
    connection: (connected, why) => {
      document.body.classList.toggle('stale', !connected);
      fill(strip, connected ? null : [h('span.phase.disconnected', { id: 'phase' }, 'disconnected'), h('span.why', {}, `${why}; trying again`)]);
    },
  });
}

async function openExperiment(here, output, rest) {
  const experiment = await getJson(path(output));
  if (here !== current) return;
  const [, make] = views[rest[0] ?? ''] ?? views[''];
  drawTabs(experiment, rest[0] ?? '');
  const view = make(root, experiment, rest.slice(1));
  document.title = `${view.title} · Longtail`;
  const renewal = new Renewal(view);
  const unfollow = follow(output, {
    state(status) {
      here.status = status;
      here.connection = { connected: true, why: '', heardAt: performance.now() };
      drawStrip(strip, status, here.connection);
      view.status?.(status);
      renewal.heard(status.version);
    },
    gone: () => fill(root, h('div.state', {}, h('h2', {}, `${output} is gone`), h('p', {}, 'Its topics were deleted. '), h('a', { href: '/', 'data-nav': true }, 'All experiments'))),
    connection(connected, why) {
      if (connected === here.connection.connected) return;
      here.connection = { ...here.connection, connected, why };
      drawStrip(strip, here.status, here.connection);
    },
  });
  here.close = () => {
    unfollow();
    renewal.close();
    view.close();
  };
}

/** Renews a view when its figures have a new version; one renewal at a time, the newest wins. */
class Renewal {
  constructor(view) {
    this.view = view;
    this.shown = null;
    this.wanted = null;
    this.running = false;
    this.abort = new AbortController();
  }

  heard(version) {
    this.wanted = version;
    this.run();
  }

  async run() {
    if (this.running || this.wanted === this.shown) return;
    this.running = true;
    const version = this.wanted;
    try {
      await this.view.refresh(this.abort.signal);
      this.shown = version;
      document.documentElement.dataset.version = version;
    } catch (error) {
      if (error.name !== 'AbortError') showTrouble(error);
    } finally {
      this.running = false;
    }
    if (!this.abort.signal.aborted && this.shown === version) this.run();
  }

  close() {
    this.abort.abort();
  }
}

function drawTabs(experiment, active) {
  const base = `/e/${encodeURIComponent(experiment.output)}`;
  fill(tabs, h('span.of', {}, experiment.output),
    Object.entries(views).filter(([, [name]]) => name).map(([key, [name]]) =>
      h('a', { href: key ? `${base}/${key}` : base, 'data-nav': true, 'aria-current': key === active ? 'page' : null }, name)));
}

function showProblem(error) {
  if (error instanceof ProblemError && error.status === 401) {
    askForToken();
    return;
  }
  const notFound = error instanceof ProblemError && error.status === 404;
  fill(root, h('div.state', {}, h('h2', {}, notFound ? 'Not found' : 'This did not work'), h('p.problem', {}, error.message),
    h('p', {}, h('a', { href: '/', 'data-nav': true }, 'All experiments'))));
  if (!notFound) setTimeout(() => open(), 3000);
}

function showTrouble(error) {
  console.error(error);
  let note = document.getElementById('trouble');
  if (!note) {
    note = h('p.problem', { id: 'trouble' });
    root.prepend(note);
  }
  note.textContent = `Part of this page could not be renewed: ${error.message}`;
}

function askForToken() {
  const input = h('input', { type: 'password', name: 'token', autocomplete: 'current-password', 'aria-label': 'Token' });
  const complaint = h('p');
  fill(root, h('form.state', {
    onsubmit: async event => {
      event.preventDefault();
      try {
        await openSession(input.value);
        open();
      } catch (error) {
        fill(complaint, h('span.problem', {}, error.message));
      }
    },
  }, h('h2', {}, 'This dashboard asks for a token'), h('p', {}, input, ' ', h('button', { type: 'submit' }, 'Open')), complaint));
  input.focus();
}

function themeButton() {
  return h('button.icon-button', {
    type: 'button', title: 'Light or dark', 'aria-label': 'Switch between light and dark',
    onclick: () => {
      const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
      document.documentElement.dataset.theme = dark ? 'light' : 'dark';
      localStorage.setItem('longtail-theme', dark ? 'light' : 'dark');
      redrawAll();
    },
  }, '◐');
}

function drawStripEverySecond() {
  setInterval(() => {
    if (current?.status) drawStrip(strip, current.status, current.connection);
  }, 1000);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => redrawAll());
}
