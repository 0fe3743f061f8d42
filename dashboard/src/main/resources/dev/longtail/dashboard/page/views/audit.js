import { getJson, path, query } from '../api.js';
import { fill, h, refill } from '../dom.js';
import { className, count, estimate, fixed, percent, trialsNote } from '../format.js';
import { AddressState, classChoice, download, Pager } from '../parts/controls.js';
import { examplePath, picture } from '../parts/picture.js';

const LIMIT = 50;
const COLUMNS = [['suspicion', 'suspicion'], ['memorization', 'memorization'], ['standard-error', null], ['c-score', 'C-score']];

/** Labels worth a second look. */
export function auditView(root, experiment, rest, { renew }) {
  const address = new AddressState({ sort: 'suspicion', descending: true, class: null, offset: 0 });
  const state = address.values;
  const set = changes => {
    address.set({ offset: 0, ...changes });
    renew();
  };
  const pager = new Pager(offset => set({ offset }));
  const trials = h('span');
  const known = h('span.quiet.small');
  const files = h('span');
  const table = h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Suspects' });
  fill(root, h('section.card', {},
    h('div.card-head', {}, h('h2', {}, 'Label audit'), trials, h('span.quiet.small', {}, 'much memorized and rarely right without: a wrong label, or an odd example'), known,
      h('span.actions', {}, experiment.hasLabels ? classChoice(experiment, state.class, label => set({ class: label })).element : null, pager.element, files)),
    table));
  return {
    title: `${experiment.output} · label audit`,
    async refresh(signal) {
      const chosen = { sort: state.sort, descending: state.descending, class: state.class };
      const audit = await getJson(query(path(experiment.output, '/audit'), { ...chosen, offset: state.offset, limit: LIMIT }), signal);
      refill(trials, trialsNote(audit.page.trials));
      refill(known, audit.areaUnderCurve === null ? '' : `known flips: ${count(audit.flipped)}, ranked above all other examples with an area under the curve of ${fixed(audit.areaUnderCurve, 3)}`);
      pager.update(audit.page.offset, audit.page.rows.length, audit.page.matching, LIMIT);
      refill(files, download(query(path(experiment.output, '/memorization.csv'), chosen), 'CSV'), ' ',
        download(query(path(experiment.output, '/memorization.npz'), chosen), 'NPZ'));
      refill(table, draw(experiment, audit, state, set));
    },
    close() {},
  };
}

function draw(experiment, audit, state, set) {
  const head = ([key, name]) => {
    if (name === null) return h('th', {}, 'right with · without');
    const active = state.sort === key;
    return h('th.number', { 'aria-sort': active ? (state.descending ? 'descending' : 'ascending') : 'none' },
      h('button.sort', { type: 'button', onclick: () => set({ sort: key, descending: active ? !state.descending : true }) }, name, active ? (state.descending ? ' ↓' : ' ↑') : ''));
  };
  return h('table.list', {},
    h('thead', {}, h('tr', {}, h('th', {}, h('span.sr-only', {}, 'picture')), h('th', {}, 'example'), h('th', {}, 'label'), COLUMNS.map(head), experiment.hasGroundTruth ? h('th', {}, 'planted') : null)),
    h('tbody', {}, audit.page.rows.map((row, k) => h('tr', {},
      h('td.thumb', {}, h('a', { href: examplePath(experiment.output, 'train', row.index), 'data-nav': true, 'aria-label': `training example ${row.index}` }, picture(experiment.output, 'train', row.index, experiment.hasPictures))),
      h('td', {}, h('a', { href: examplePath(experiment.output, 'train', row.index), 'data-nav': true }, `#${row.index}`), h('span.quiet.small.name', {}, row.name ? ` ${row.name}` : '')),
      h('td', {}, className(experiment, row.label)),
      h('td.number', {}, fixed(row.suspicion, 3)),
      h('td.number', {}, estimate(row.value, row.standardError, 3, row)),
      h('td.quiet.small', {}, `${count(row.inCorrect)} of ${count(row.in)} · ${count(row.outCorrect)} of ${count(row.out)}`),
      h('td.number', {}, percent(row.consistencyScore, 1)),
      experiment.hasGroundTruth ? h('td', {}, audit.planted[k] ? h(`span.mark${audit.planted[k] === 'flipped' ? '.flipped' : '.twin'}`, {}, audit.planted[k]) : '') : null))));
}
