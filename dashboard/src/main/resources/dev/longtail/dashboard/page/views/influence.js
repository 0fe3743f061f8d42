import { axis, base, Chart, tip } from '../charts.js';
import { getJson, path, query } from '../api.js';
import { fill, h, refill } from '../dom.js';
import { count, estimate, expected, fixed, labelText, trialsNote } from '../format.js';
import { brush } from '../parts/brush.js';
import { AddressState, classChoice, download, Pager, slider, toggle } from '../parts/controls.js';
import { examplePath, picture } from '../parts/picture.js';

const LIMIT = 20;

/** Training pictures with the test pictures they help, as in the paper. */
export function influenceView(root, experiment, rest, { renew }) {
  const least = { memorization: experiment.memorizationThreshold ?? 0.25, from: experiment.influenceThreshold ?? 0.15 };
  const address = new AddressState({ ...least, to: 1, class: null, confirmed: false, offset: 0 });
  const state = address.values;
  const set = changes => {
    address.set({ offset: 0, ...changes });
    influence.value = state.from;
    renew();
  };
  const histogram = new InfluenceHistogram();
  brush(histogram.chart, (range, done) => {
    histogram.range = range;
    histogram.chart.draw();
    if (done) set(range ? { from: Math.max(least.from, range[0]), to: Math.min(1, range[1]) } : { from: least.from, to: 1 });
  });
  const memorization = slider('memorization ≥', { min: least.memorization, max: 1, value: state.memorization, onChange: x => set({ memorization: x }) });
  const influence = slider('influence ≥', { min: least.from, max: 1, value: state.from, onChange: x => set({ from: x, to: 1 }) });
  const pager = new Pager(offset => set({ offset }));
  const trials = h('span');
  const rowTrials = h('span');
  const figures = h('div.headlines');
  const alike = h('span.quiet.small');
  const rows = h('div.influence-rows');
  const files = h('span');
  fill(root,
    figures,
    h('div.grid', {},
      h('section.card.span-12', {},
        h('div.card-head', {}, h('h2', {}, 'Influence of the high-influence pairs'), trials, h('span.quiet.small', {}, 'drag over the bars to choose a range'), h('span.actions', {}, histogram.chart.buttons())),
        histogram.chart.element,
        h('div.controls', {}, memorization.element, influence.element,
          experiment.hasLabels ? classChoice(experiment, state.class, label => set({ class: label })).element : null,
          experiment.whyNoGuarantee ? null : toggle('confirmed only', state.confirmed, confirmed => set({ confirmed }), 'Only pairs confirmed by e-BH'))),
      h('section.card.span-12', {},
        h('div.card-head', {}, h('h2', {}, 'Who helps whom'), rowTrials, h('span.quiet.small', {}, 'left: a training example; right: the test examples it helps most'), alike,
          h('span.actions', {}, pager.element, files)),
        rows)));

  // Which pictures are near-duplicates is measured in the background after the first look.
  let unmarked = false;
  return {
    title: `${experiment.output} · influence`,
    async refresh(signal) {
      const { offset, ...chosen } = state;
      const [counts, page] = await Promise.all([
        getJson(query(path(experiment.output, '/influence/histogram'), { ...chosen, from: least.from, to: 1, bins: 50 }), signal),
        getJson(query(path(experiment.output, '/influence'), { ...chosen, offset, limit: LIMIT }), signal),
      ]);
      histogram.update(counts);
      refill(trials, trialsNote(page.trials));
      refill(rowTrials, trialsNote(page.trials));
      refill(figures, headlines(page, experiment));
      unmarked = experiment.hasPictures && page.nearDuplicateFrom === null;
      refill(alike, page.nearDuplicateFrom === null ? '' : `≈ near-duplicate: pixel likeness of at least ${fixed(page.nearDuplicateFrom, 3)}`);
      pager.update(page.offset, page.rows.length, page.distinctTrain, LIMIT);
      refill(files, download(query(path(experiment.output, '/pairs.csv'), chosen), 'CSV'), ' ', download(query(path(experiment.output, '/pairs.npz'), chosen), 'NPZ'));
      refill(rows, page.rows.length ? page.rows.map(row => influenceRow(experiment, row)) : nothing(experiment));
    },
    async again() {
      if (unmarked) renew();
    },
    close() {
      histogram.close();
    },
  };
}

const nothing = experiment => h('p.quiet', {}, experiment.scope === 'NONE' ? 'This job counts no pairs (scope none).' : 'No published pair is over both thresholds.');

function headlines(page, { whyNoGuarantee }) {
  const from = `from ${count(page.trials)} trials`;
  const card = (what, howMany, note) => h('div.headline', { title: from }, h('div.what', {}, what), h('div.how-much', {}, howMany), h('div.note', {}, note), h('div.note.figure-trials', {}, from));
  return [
    card('Pairs over both thresholds', count(page.pairs), page.truncated ? `${count(page.truncated)} more were too many to publish` : 'memorization and influence'),
    card('Expected by chance alone', expected(page.expectedFalse), 'if no pair had any influence'),
    card('Confirmed', count(page.confirmed), page.confirmed === null ? whyNoGuarantee ?? 'not known for these trials yet' : 'by e-BH, valid at all times'),
    card('Distinct test examples', count(page.distinctTest), `${count(page.singleTest)} with exactly one such training example`),
    card('Distinct training examples', count(page.distinctTrain), 'that help at least one test example'),
  ];
}

function influenceRow(experiment, row) {
  const { train } = row;
  return h('div.influence-row', {},
    h('a.specimen.of-train', { href: examplePath(experiment.output, 'train', train.index), 'data-nav': true },
      picture(experiment.output, 'train', train.index, experiment.hasPictures),
      h('span.caption', {}, h('span.label', {}, labelText(experiment, train.label)), h('span.index', {}, `#${train.index}`)),
      h('span.small.quiet', {}, 'memorization'), h('br'), estimate(train.value, train.standardError, 2, train)),
    h('ul.row-tests', {}, row.strongest.map(pair => h('li', {}, pairSpecimen(experiment, pair, 'test'))),
      row.pairs > row.strongest.length ? h('li.quiet.small', {}, `and ${count(row.pairs - row.strongest.length)} more`) : null));
}

/** The other side of a pair, with the influence and its marks. */
export function pairSpecimen(experiment, pair, side) {
  const index = side === 'test' ? pair.test : pair.train;
  const label = side === 'test' ? pair.testLabel : pair.trainLabel;
  return h('a.specimen', {
    href: examplePath(experiment.output, side, index), 'data-nav': true,
    title: `test ${pair.test} is right in ${count(pair.inCorrect)} of ${count(pair.in)} trials with train ${pair.train}, in ${count(pair.outCorrect)} of ${count(pair.out)} without`
      + (pair.likeness === null ? '' : `; pixel likeness ${fixed(pair.likeness)}`),
  },
  picture(experiment.output, side, index, experiment.hasPictures),
  h('span.caption', {}, h('span.label', {}, labelText(experiment, label)), h('span.index', {}, `#${index}`)),
  estimate(pair.value, pair.standardError, 2, pair),
  h('span.marks', {}, pair.confirmed ? h('span.mark.confirmed', { title: 'confirmed by e-BH' }, '✓ confirmed') : null,
    pair.nearDuplicate ? h('span.mark.twin', { title: `near-duplicate: pixel likeness ${fixed(pair.likeness)}` }, '≈ near-duplicate') : null));
}

class InfluenceHistogram {
  constructor() {
    this.range = null;
    this.data = null;
    this.chart = new Chart('influence-histogram', c => this.option(c), { className: '.low', label: 'Histogram of influence of the high-influence pairs', table: () => this.table() });
  }

  update(data) {
    this.data = data;
    this.chart.draw();
  }

  close() {
    this.chart.close();
  }

  table() {
    const { counts, confirmed, from, to } = this.data;
    const width = (to - from) / counts.length;
    return { columns: ['from', 'to', 'pairs', 'confirmed'], rows: counts.map((n, b) => [from + b * width, from + (b + 1) * width, n, confirmed[b]]) };
  }

  option(c) {
    if (!this.data) return null;
    const { counts, confirmed, from, to } = this.data;
    const width = (to - from) / counts.length;
    const centre = b => from + (b + 0.5) * width;
    const faded = b => this.range && (centre(b) < this.range[0] || centre(b) > this.range[1]);
    const bars = (name, values, color) => ({
      name, type: 'bar', stack: 'pairs', barWidth: '92%', color,
      data: values.map((n, b) => ({ value: [centre(b), n], itemStyle: { opacity: faded(b) ? 0.3 : 1 } })),
    });
    return {
      ...base(c),
      legend: { top: 0, right: 0, itemWidth: 12, itemHeight: 10, textStyle: { color: c.soft, fontSize: 11 } },
      xAxis: { type: 'value', min: from, max: to, ...axis(c, 'influence', { splitLine: { show: false } }) },
      yAxis: { type: 'value', minInterval: 1, ...axis(c, ''), name: 'pairs', nameLocation: 'end', nameGap: 8, nameTextStyle: { color: c.soft, align: 'right' } },
      tooltip: {
        ...base(c).tooltip, trigger: 'item',
        formatter: p => tip(`${count(counts[p.dataIndex])} pairs`, `influence ${fixed(p.value[0] - width / 2)} to ${fixed(p.value[0] + width / 2)}`, `${count(confirmed[p.dataIndex])} confirmed`),
      },
      series: [bars('confirmed', confirmed, c.green), bars('not confirmed', counts.map((n, b) => n - confirmed[b]), c.bar)],
    };
  }
}
