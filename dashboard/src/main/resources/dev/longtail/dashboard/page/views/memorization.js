import { getJson, path, query } from '../api.js';
import { fill, h, refill } from '../dom.js';
import { count, fixed, trialsNote } from '../format.js';
import { brush } from '../parts/brush.js';
import { AddressState, choice, classChoice, download, Pager, slider, toggle } from '../parts/controls.js';
import { gallery } from '../parts/gallery.js';
import { MemorizationHistogram } from '../parts/histogram.js';
import { examplePath } from '../parts/picture.js';
import { loadPoints, Scatter } from '../parts/scatter.js';

const LIMIT = 60;
const sorts = experiment => [
  ['memorization', 'memorization'], ['standard-error', 'standard error'], ['c-score', 'C-score'], ['influence', 'largest influence'],
  ['mean-influence', experiment.aggregateName], ['index', 'number'],
];

/** The whole distribution: drag over it and see what lies there. */
export function memorizationView(root, experiment, rest, { go, renew }) {
  const address = new AddressState({ from: -1, to: 1, class: null, sort: 'memorization', descending: true, offset: 0 });
  const state = address.values;
  const set = changes => {
    address.set({ offset: 0, ...changes });
    histogram.range = state.from > -1 || state.to < 1 ? [state.from, state.to] : null;
    from.value = state.from;
    to.value = state.to;
    histogram.chart.draw();
    renew();
  };
  const histogram = new MemorizationHistogram(experiment, { threshold: experiment.memorizationThreshold });
  const preview = range => {
    histogram.range = range;
    histogram.chart.draw();
  };
  brush(histogram.chart, (range, done) => {
    const clipped = range && [Math.max(-1, range[0]), Math.min(1, range[1])].map(x => Math.round(x * 1000) / 1000);
    if (!done) preview(clipped);
    else set(clipped ? { from: clipped[0], to: clipped[1] } : { from: -1, to: 1 });
  });
  const from = slider('from', { min: -1, max: 1, value: state.from, onInput: x => preview([x, state.to]), onChange: x => set({ from: Math.min(x, state.to) }) });
  const to = slider('to', { min: -1, max: 1, value: state.to, onInput: x => preview([state.from, x]), onChange: x => set({ to: Math.max(x, state.from) }) });
  const pager = new Pager(offset => set({ offset }));
  const scatter = new Scatter('memorization-influence', {
    x: 'memorization', y: 'largest influence', onPick: i => go(examplePath(experiment.output, 'train', i)),
    thresholds: experiment.memorizationThreshold === null ? null : [experiment.memorizationThreshold, experiment.influenceThreshold],
  });
  const trials = h('span');
  const found = h('div');
  const foundTrials = h('span');
  const foundTitle = h('h2', { id: 'found' });
  const files = h('span');
  const scatterNote = h('span.figure-trials');
  const scatterCard = h('section.card.span-12', {}, h('div.card-head', {}, h('h2', {}, 'Memorization and largest influence'), scatterNote,
    h('span.actions', {}, scatter.chart.buttons())), scatter.element);
  histogram.range = state.from > -1 || state.to < 1 ? [state.from, state.to] : null;

  fill(root, h('div.grid', {},
    h('section.card.span-12', {},
      h('div.card-head', {}, h('h2', {}, 'Memorization'), trials, h('span.quiet.small', {}, 'drag over the bars, or use the sliders, to choose what is shown below'),
        h('span.actions', {}, histogram.scale, histogram.chart.buttons())),
      histogram.element,
      h('div.controls', {}, from.element, to.element, experiment.hasLabels ? classChoice(experiment, state.class, label => set({ class: label })).element : null,
        h('button', { type: 'button', onclick: () => set({ from: -1, to: 1 }) }, 'show all'),
        experiment.memorizationThreshold === null ? null : h('button', { type: 'button', onclick: () => set({ from: experiment.memorizationThreshold, to: 1 }) }, `memorized (≥ ${experiment.memorizationThreshold})`))),
    h('section.card.span-12', {},
      h('div.card-head', {}, foundTitle, foundTrials, h('span.actions', {}, choice('sort by', sorts(experiment), state.sort, sort => set({ sort })).element,
        toggle('largest first', state.descending, descending => set({ descending })), pager.element, files)),
      found),
    scatterCard));

  return {
    title: `${experiment.output} · memorization`,
    async refresh(signal) {
      const range = { from: state.from, to: state.to, class: state.class };
      const [counts, page] = await Promise.all([
        getJson(query(path(experiment.output, '/memorization/histogram'), { bins: 80, class: state.class }), signal),
        getJson(query(path(experiment.output, '/memorization'), { ...range, sort: state.sort, descending: state.descending, offset: state.offset, limit: LIMIT }), signal),
      ]);
      histogram.update(counts);
      refill(trials, trialsNote(counts.trials), counts.undefined ? h('span.quiet.small', {}, ` · ${count(counts.undefined)} more are undefined: one side has no trials yet`) : null);
      refill(foundTitle, `${count(page.matching)} examples`, state.from > -1 || state.to < 1 ? ` from ${fixed(state.from)} to ${fixed(state.to)}` : '');
      refill(foundTrials, trialsNote(page.trials));
      pager.update(page.offset, page.rows.length, page.matching, LIMIT);
      refill(files, download(query(path(experiment.output, '/memorization.csv'), { ...range, sort: state.sort, descending: state.descending }), 'CSV'), ' ',
        download(query(path(experiment.output, '/memorization.npz'), range), 'NPZ'));
      refill(found, page.rows.length ? gallery(experiment, page.rows) : h('p.quiet', {}, 'No example has such a memorization.'));
      if (experiment.scope !== 'NONE') {
        const points = await loadPoints(path(experiment.output, '/scatter'), signal);
        scatterCard.hidden = points.size === 0;
        scatter.update(points);
        refill(scatterNote, `${scatter.describe()}, from ${count(points.xTrials)} trials; ${points.x ? 'click a point to open it; ' : ''}the largest of many noisy influences is biased upwards`);
      } else {
        scatterCard.hidden = true;
      }
    },
    close() {
      histogram.close();
      scatter.close();
    },
  };
}
