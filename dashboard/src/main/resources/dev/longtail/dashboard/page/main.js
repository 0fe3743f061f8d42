// Addresses, header, live state: which view is shown and when it is renewed.
import { getJson, openSession, path, ProblemError } from './api.js';
import { redrawAll } from './charts.js';
import { fill, h } from './dom.js';
import { follow } from './live.js';
import { drawNotice } from './parts/notice.js';
import { drawStrip } from './parts/strip.js';

const root = document.getElementById('view');
const strip = document.getElementById('strip');
const notice = document.getElementById('notice');
const tabs = document.getElementById('tabs');

/** Views of an experiment by address, loaded when first opened; those with a name have a tab. */
const views = {
  '': ['Overview', async () => (await import('./views/overview.js')).overviewView],
  convergence: ['Convergence', async () => (await import('./views/convergence.js')).convergenceView],
  memorization: ['Memorization', async () => (await import('./views/memorization.js')).memorizationView],
  influence: ['Influence', async () => (await import('./views/influence.js')).influenceView],
  classes: ['Classes', async () => (await import('./views/classes.js')).classesView],
  audit: ['Label audit', async () => (await import('./views/audit.js')).auditView],
  train: [null, async () => (await import('./views/example.js')).exampleView('train')],
  test: [null, async () => (await import('./views/example.js')).exampleView('test')],
};

let current = null;

window.addEventListener('popstate', () => open());
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-nav]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
});
fill(document.getElementById('tools'), themeButton());
drawStripEverySecond();
open();

function go(address) {
  if (new URL(address, location.href).href !== location.href) history.pushState(null, '', address);
  open();
  window.scrollTo(0, 0);
}

async function open() {
  current?.close();
  const here = { close() {}, status: null, connection: { connected: true, why: '', heardAt: performance.now() } };
  current = here;
  fill(strip);
  drawNotice(notice, null);
  const parts = location.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  try {
    if (parts[0] === 'e' && parts[1]) await openExperiment(here, parts[1], parts.slice(2));
    else if (parts[0] === 'compare') await openComparison(here);
    else await openList(here);
  } catch (error) {
    if (here === current) showProblem(error, here);
  }
}

async function openList(here) {
  const { experimentsView } = await import('./views/experiments.js');
  if (here !== current) return;
  fill(tabs);
  const view = experimentsView(root);
  document.title = `${view.title} · Longtail`;
  here.close = follow(null, {
    state: state => view.update(state),
    gone: () => {},
    connection(connected, why) {
      here.connection = { connected, why };
      drawListState(here);
    },
  });
}

async function openComparison(here) {
  const search = new URLSearchParams(location.search);
  const chosen = { a: search.get('a'), b: search.get('b') };
  const [experiments, { compareView }] = await Promise.all([getJson('/api/experiments'), import('./views/compare.js')]);
  if (here !== current) return;
  fill(tabs, h('span.of', {}, 'Compare'));
  const view = compareView(root, experiments.map(e => e.output), chosen, { go });
  document.title = `${view.title} · Longtail`;
  const renewal = new Renewal(view);
  const unfollow = follow(null, {
    state(state) {
      here.connection = { connected: true, why: '', heardAt: performance.now() };
      drawListState(here);
      renewal.heard(state.experiments.filter(e => e.output === chosen.a || e.output === chosen.b).map(e => `${e.output} ${e.version}`).join());
    },
    gone: () => {},
    connection(connected, why) {
      here.connection = { ...here.connection, connected, why };
      drawListState(here);
    },
  });
  here.close = () => {
    unfollow();
    renewal.close();
    view.close();
  };
}

function drawListState(here) {
  const { connected, why } = here.connection;
  document.body.classList.toggle('stale', !connected);
  fill(strip, connected ? null : [h('span.phase.disconnected', { id: 'phase' }, 'disconnected'), h('span.why', {}, `${why}; trying again`)]);
}

async function openExperiment(here, output, rest) {
  const [, load] = views[rest[0] ?? ''] ?? views[''];
  const [experiment, make] = await Promise.all([getJson(path(output)), load()]);
  if (here !== current) return;
  drawStrip(strip, null, here.connection);
  drawTabs(experiment, rest[0] ?? '');
  let renewal = null;
  const view = make(root, experiment, rest.slice(1), { go, renew: () => renewal.again() });
  document.title = `${view.title} · Longtail`;
  renewal = new Renewal({
    again: view.again,
    async refresh(signal) {
      // Pictures may arrive after the first figures, for one thing while the dashboard itself starts.
      if (!experiment.hasPictures) Object.assign(experiment, await getJson(path(output), signal));
      await view.refresh(signal);
    },
  });
  const unfollow = follow(output, {
    state(status) {
      here.status = status;
      here.connection = { connected: true, why: '', heardAt: performance.now() };
      drawStrip(strip, status, here.connection);
      drawNotice(notice, status);
      view.status?.(status);
      renewal.heard(status.version);
    },
    gone() {
      drawNotice(notice, null);
      fill(root, h('div.state', {}, h('h2', {}, `${output} is gone`), h('p', {}, 'Its topics were deleted. '), h('a', { href: '/', 'data-nav': true }, 'All experiments')));
    },
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
    this.stale = false;
    this.abort = new AbortController();
  }

  /** The figures have this version now. */
  heard(version) {
    this.wanted = version;
    if (this.shown === version && this.view.again && !this.running) this.view.again(this.abort.signal).catch(() => {});
    this.run();
  }

  /** The view wants other figures of the same version. */
  again() {
    this.shown = null;
    this.stale = true;
    this.run();
  }

  async run() {
    if (this.running || this.wanted === this.shown) return;
    this.running = true;
    this.stale = false;
    const version = this.wanted;
    try {
      await this.view.refresh(this.abort.signal);
      this.shown = this.stale ? null : version;
      document.getElementById('trouble')?.remove();
      if (!performance.getEntriesByName('figures-shown').length) performance.mark('figures-shown');
    } catch (error) {
      if (error.name !== 'AbortError') showTrouble(error);
    } finally {
      this.running = false;
    }
    if (!this.abort.signal.aborted && (this.stale || this.shown === version)) this.run();
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

function showProblem(error, here) {
  if (error instanceof ProblemError && error.status === 401) {
    askForToken();
    return;
  }
  const notFound = error instanceof ProblemError && error.status === 404;
  document.title = `${notFound ? 'Not found' : 'Trouble'} · Longtail`;
  fill(root, h('div.state', {}, h('h2', {}, notFound ? 'Not found' : 'This did not work'), h('p.problem', {}, error.message),
    h('p', {}, h('a', { href: '/', 'data-nav': true }, 'All experiments'))));
  // An experiment may be about to appear, for one thing while the dashboard itself starts.
  setTimeout(() => here === current && open(), 3000);
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
