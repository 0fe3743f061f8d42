import { axis, base, Chart, saveCsv, tip } from '../charts.js';
import { getJson, path } from '../api.js';
import { fill, h, refill } from '../dom.js';
import { count, estimate, fixed, labelText, percent, trialsNote } from '../format.js';
import { picture } from '../parts/picture.js';
import { pairSpecimen } from './influence.js';

const PLANTED = { flipped: 'label flipped when the data was made', 'seen-once': 'only one of its style in the training set', typical: 'of the most frequent style of its class' };

/** One training or test example, with its own address. */
export function exampleView(split) {
  return (root, experiment, rest, { renew }) => {
    const index = Number(rest[0]);
    const base_ = path(experiment.output, `/examples/${split}/${rest[0]}`);
    const about = h(`section.card.span-${split === 'train' ? 4 : 3}`);
    const curve = split === 'train' ? new Curve(experiment) : null;
    const curveTrials = h('span');
    const influences = h(`section.card.span-${split === 'train' ? 12 : 9}`, {}, h('p.quiet', {}, 'Asking the job …'));
    fill(root, h('div.grid', {}, about,
      curve ? h('section.card.span-8', {}, h('div.card-head', {}, h('h2', {}, 'Memorization over trials'), curveTrials, h('span.actions', {}, curve.chart.buttons())), curve.chart.element) : null,
      influences));
    let unmarked = false;
    return {
      title: `${experiment.output} · ${split} ${index}`,
      async refresh(signal) {
        const answer = await getJson(base_, signal);
        refill(about, split === 'train' ? aboutTrain(experiment, answer) : aboutTest(experiment, answer));
        if (curve) {
          curve.update(answer);
          refill(curveTrials, trialsNote(answer.trials));
        }
        const found = await getJson(`${base_}/influences?most=12`, signal);
        unmarked = [...found.helpful, ...found.harmful].some(pair => pair.likeness !== null && pair.nearDuplicate === null);
        refill(influences, influenceLists(experiment, split, index, found));
        const largest = found.helpful.find(pair => split === 'train' && pair.test === answer.example.largestInfluenceTest);
        const fact = document.getElementById('largest');
        // The job publishes its value only; its error is in the list, where that is from as many trials.
        if (largest && fact && found.trials === answer.trials) refill(fact, estimate(largest.value, largest.standardError, 2, largest));
      },
      async again() {
        if (unmarked) renew();
      },
      close() {
        curve?.close();
      },
    };
  };
}

function aboutTrain(experiment, a) {
  const e = a.example;
  const last = a.curve.at(-1);
  return [
    h('div.example-head', {}, h('div.large-picture', {}, picture(experiment.output, 'train', e.index, experiment.hasPictures)),
      h('div', {}, h('h1', {}, labelText(experiment, e.label)), h('p.quiet', {}, `training example ${e.index}`), e.name ? h('p.quiet.small.name', {}, e.name) : null,
        a.planted ? h(`span.mark.${a.planted === 'flipped' ? 'flipped' : 'twin'}`, {}, PLANTED[a.planted] ?? a.planted) : null)),
    h('dl.facts', {},
      fact('memorization', estimate(e.value, e.standardError, 3, e)),
      fact(`band, ${percent(1 - a.alpha)} at all times`, experiment.whyNoGuarantee ?? (last ? `${fixed(a.band.lower, 3)} to ${fixed(a.band.upper, 3)}` : '–')),
      fact('one look (Newcombe)', a.interval.lower === null ? '–' : `${fixed(a.interval.lower, 3)} to ${fixed(a.interval.upper, 3)}`),
      fact(`decided at ${a.threshold}`, a.decided === null ? '–' : a.decided ? (a.band.lower > a.threshold ? '✓ memorized' : '✓ not memorized') : 'not yet'),
      fact('rank', a.rank === null ? '–' : `${count(a.rank)} of ${count(experiment.trainSize)}`),
      fact('right when included', `${count(e.inCorrect)} of ${count(e.in)}`),
      fact('right when left out', `${count(e.outCorrect)} of ${count(e.out)} (C-score ${fixed(e.consistencyScore)})`),
      fact('largest influence', e.largestInfluence === null ? '–' : [h('span', { id: 'largest' }, fixed(e.largestInfluence)), ' on ', h('a', { href: `/e/${encodeURIComponent(experiment.output)}/test/${e.largestInfluenceTest}`, 'data-nav': true }, `test ${e.largestInfluenceTest}`)]),
      fact(experiment.aggregateName, e.meanInfluence === null ? '–' : h('span.estimate', {}, h('span.value', {}, fixed(e.meanInfluence, 5)), ' ', h('span.se', { title: 'a bound: its influences share their trials' }, `± at most ${fixed(a.meanInfluenceErrorBound, 5)}`))),
      fact('from', `${count(a.trials)} trials`)),
  ];
}

function aboutTest(experiment, a) {
  return [
    h('div.example-head', {}, h('div.large-picture', {}, picture(experiment.output, 'test', a.index, experiment.hasPictures)),
      h('div', {}, h('h1', {}, labelText(experiment, a.label)), h('p.quiet', {}, `test example ${a.index}`), a.name ? h('p.quiet.small.name', {}, a.name) : null)),
    h('dl.facts', {},
      fact('right in', a.correct === null ? 'not known: the job counts no pair with it' : `${count(a.correct)} of ${count(a.trials)} trials`),
      fact('accuracy', estimate(a.accuracy, a.standardError, 3))),
  ];
}

const fact = (what, value) => [h('dt', {}, what), h('dd', {}, value)];

function influenceLists(experiment, split, index, found) {
  const other = split === 'train' ? 'test' : 'train';
  const looked = split === 'train' ? experiment.testSize : experiment.trainSize;
  const chance = experiment.scope === 'ALL' && !found.note ? noiseReach(looked, [...found.helpful, ...found.harmful]) : null;
  const list = (title, rows, none) => h('div', {}, h('h3', {}, title), rows.length ? h('ul.gallery', {}, rows.map(pair => h(`li${chance !== null && Math.abs(pair.value) < chance && !pair.confirmed ? '.faint' : ''}`, {}, pairSpecimen(experiment, pair, other)))) : h('p.quiet.small', {}, none));
  const words = split === 'train'
    ? ['Test examples it helps most', 'Test examples it harms most']
    : ['Training examples that help it most', 'Training examples that harm it most'];
  return [
    h('div.card-head', {}, h('h2', {}, 'Influence'), trialsNote(found.trials),
      h('span.quiet.small', {}, found.source === 'state' ? 'from the running job’s own counters' : 'from the published lists'), found.note ? h('span.quiet.small', {}, found.note) : null,
      h('span.actions', {}, h('button', { type: 'button', title: 'Save these lists as CSV', onclick: () => saveCsv(`influences-${split}-${index}.csv`, influenceTable(found)) }, 'CSV'))),
    chance === null ? null : h('p.quiet.small', {}, `The strongest of ${count(looked)} pairs: noise alone would reach about ±${fixed(chance)} among so many. Values that are not beyond it are not in bold.`),
    h('div.two-lists', {}, list(words[0], found.helpful, 'none'), list(words[1], found.harmful, found.source === 'topics' && split === 'train' ? 'not published' : 'none')),
  ];
}

function influenceTable({ trials, helpful, harmful }) {
  return {
    columns: ['train', 'test', 'influence', 'standard_error', 'in', 'in_correct', 'out', 'out_correct', 'confirmed', 'trials'],
    rows: [...helpful, ...harmful].map(pair => [pair.train, pair.test, pair.value, pair.standardError, pair.in, pair.inCorrect, pair.out, pair.outCorrect, pair.confirmed, trials]),
  };
}

/** About the largest of so many estimates without any influence: sqrt(2 ln N) standard errors; null where no error is known. */
function noiseReach(pairs, rows) {
  const errors = rows.map(row => row.standardError).filter(error => error > 0).sort((a, b) => a - b);
  return errors.length && pairs > 1 ? Math.sqrt(2 * Math.log(pairs)) * errors[errors.length >> 1] : null;
}

/** The estimate as trials came in, with the band that holds at all times at once. */
class Curve {
  constructor(experiment) {
    this.experiment = experiment;
    this.answer = null;
    this.chart = new Chart('memorization-over-trials', c => this.option(c), { className: '.tall', label: 'Memorization over trials with its anytime-valid band', table: () => this.table() });
  }

  update(answer) {
    this.answer = answer;
    this.chart.draw();
  }

  close() {
    this.chart.close();
  }

  table() {
    return { columns: ['trials', 'memorization', 'standard_error', 'band_lower', 'band_upper'], rows: this.answer.curve.map(p => [p.trials, p.value, p.standardError, p.lower, p.upper]) };
  }

  option(c) {
    if (!this.answer?.curve.length) return null;
    const { curve, threshold, alpha } = this.answer;
    const banded = curve[0].lower !== null;
    // A single point has a band too: a short piece of it, in the middle of the axis.
    const single = curve.length === 1;
    const edges = single ? [{ ...curve[0], trials: curve[0].trials * 0.98 }, { ...curve[0], trials: curve[0].trials * 1.02 }] : curve;
    return {
      ...base(c),
      grid: { left: 56, right: 18, top: 34, bottom: 40 },
      legend: { top: 0, itemWidth: 16, itemHeight: 8, data: banded ? ['estimate', `${percent(1 - alpha)} band, valid at all times`] : ['estimate'], textStyle: { color: c.soft, fontSize: 11 } },
      xAxis: { type: 'log', min: single ? curve[0].trials * 0.8 : 'dataMin', max: single ? curve[0].trials * 1.25 : 'dataMax', ...axis(c, 'trials counted', { splitLine: { show: false } }), axisLabel: { color: c.soft, fontSize: 11, formatter: x => count(Math.round(x)) } },
      yAxis: { type: 'value', min: Math.floor(5 * Math.min(-0.1, ...curve.map(p => Math.max(-1, p.value - 0.3)))) / 5, max: 1, interval: 0.2, ...axis(c, 'memorization', { nameGap: 36 }), axisLabel: { color: c.soft, fontSize: 11, formatter: x => fixed(x, 1) } },
      tooltip: {
        ...base(c).tooltip, trigger: 'axis', axisPointer: { lineStyle: { color: c.strong } },
        formatter: items => {
          const p = curve.reduce((best, q) => (Math.abs(q.trials - items[0].axisValue) < Math.abs(best.trials - items[0].axisValue) ? q : best), curve[0]);
          return tip(`${fixed(p.value, 3)} ± ${fixed(p.standardError, 3)}`, banded ? `band ${fixed(p.lower, 3)} to ${fixed(p.upper, 3)}` : this.experiment.whyNoGuarantee, `from ${count(p.trials)} trials`);
        },
      },
      series: [
        banded && {
          name: `${percent(1 - alpha)} band, valid at all times`, type: 'custom', silent: true, clip: true, color: c.bar, data: [[curve[0].trials, curve[0].upper]],
          renderItem: (params, api) => ({
            type: 'polygon', style: { fill: c.blue, opacity: 0.15 },
            shape: { points: [...edges.map(p => api.coord([p.trials, p.upper])), ...edges.toReversed().map(p => api.coord([p.trials, p.lower]))] },
          }),
        },
        {
          name: 'estimate', type: 'line', color: c.blue, symbol: 'circle', symbolSize: 5, lineStyle: { width: 2 }, data: curve.map(p => [p.trials, p.value]),
          markLine: { silent: true, symbol: 'none', lineStyle: { color: c.orange, type: 'dashed' }, label: { formatter: `memorized ≥ ${threshold}`, color: c.orange, position: 'insideEndTop', fontSize: 11 }, data: [{ yAxis: threshold }] },
        },
      ].filter(Boolean),
    };
  }
}
