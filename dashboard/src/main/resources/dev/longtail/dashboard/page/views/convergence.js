import { axis, base, Chart, endLabel, endLabelRoom, message, tip } from '../charts.js';
import { getJson, path, query } from '../api.js';
import { fill, h, refill } from '../dom.js';
import { age, count, expected, fixed, percent, tick, trialsNote, trialsText } from '../format.js';
import { StandardErrorChart } from '../parts/convergence.js';

const HOUR = 3600000;

/** How good the estimates are, how they got there, and what it takes to be surer. */
export function convergenceView(root, experiment, rest, { renew }) {
  const errors = new StandardErrorChart();
  const pairs = new Lines('pairs-over-trials', 'pairs', [
    ['high-influence', 'blue', p => p.highInfluencePairs], ['confirmed', 'green', p => p.confirmedPairs], ['expected by chance', 'orange', p => p.expectedFalsePairs, 'dashed'],
  ], { logarithmic: true, show: x => (Number.isInteger(x) ? count(x) : expected(x)), describe: p => [`${count(p.highInfluencePairs)} high-influence pairs`, `${count(p.confirmedPairs)} confirmed`, `${expected(p.expectedFalsePairs)} expected by chance`] });
  const shares = new Lines('decided-over-trials', 'share', [
    ['examples decided', 'blue', p => p.decidedShare], ['pairs decided', 'violet', p => p.pairDecidedShare, 'dotted'],
  ], { max: 1, show: x => percent(x, 1), empty: experiment.whyNoGuarantee, describe: p => [`${percent(p.decidedShare, 1)} of examples decided at ${p.memorizationThreshold}`, `${percent(p.pairDecidedShare, 1)} of the memorized examples’ pairs at ${p.influenceThreshold}`] });
  const ranks = new Lines('reliability-over-trials', 'correlation', [
    ['ranks, refresh before', 'blue', p => p.rankCorrelation], ['split halves', 'violet', p => p.splitHalfReliability, 'dotted'], ['mem and largest influence', 'orange', p => p.memorizationInfluenceCorrelation, 'dashed'],
  ], { max: 1, describe: p => [`rank correlation ${fixed(p.rankCorrelation, 4)}`, `split halves ${fixed(p.splitHalfReliability, 4)}`, `mem with largest influence ${fixed(p.memorizationInfluenceCorrelation, 3)}`] });
  const charts = [errors, pairs, shares, ranks];
  const target = { error: 0.01, share: 0.95 };
  const number = (name, key, min, max, step) => h('label', {}, name, h('input', {
    type: 'number', min, max, step, value: target[key],
    onchange: event => {
      const x = Number(event.target.value);
      if (x >= min && x <= max) {
        target[key] = x;
        renew();
      }
    },
  }));
  const advice = h('div');
  const from = h('span');
  const newest = [];
  const figure = (title, chart) => h('section.card.span-6', {}, h('div.card-head', {}, h('h2', {}, title), newest[newest.push(h('span')) - 1], h('span.actions', {}, chart.chart.buttons())), chart.element);
  fill(root, h('div.grid', {},
    h('section.card.span-12', {}, h('div.card-head', {}, h('h2', {}, 'How much longer?'), from),
      h('div.controls', {}, number('mean standard error', 'error', 0.0005, 1, 0.0005), number('share of examples decided', 'share', 0.05, 1, 0.01)), advice),
    figure('Standard error of memorization', errors), figure('Pairs', pairs), figure('Decided at all times', shares), figure('Agreement', ranks)));

  return {
    title: `${experiment.output} · convergence`,
    async refresh(signal) {
      const [series, forecast] = await Promise.all([
        getJson(path(experiment.output, '/convergence'), signal), getJson(query(path(experiment.output, '/advice'), target), signal),
      ]);
      charts.forEach(chart => chart.update(series.points));
      refill(from, h('span.figure-trials', {}, trialsText(forecast.trials)));
      newest.forEach(note => refill(note, trialsNote(series.points.at(-1)?.trials)));
      refill(advice, adviceText(forecast, experiment));
    },
    close() {
      charts.forEach(chart => chart.close());
    },
  };
}

function adviceText(a, { whyNoGuarantee }) {
  const more = (total, wanted, reachable) => {
    if (total === null) return h('p', {}, `${wanted}: `, h('b', {}, reachable));
    const missing = total - a.trials;
    const time = a.trialsPerHour ? `, about ${age((missing / a.trialsPerHour) * HOUR)} at the present rate` : '';
    return h('p', {}, `${wanted}: `, missing <= 0 ? h('b', {}, '✓ reached; more trials are not needed for this') : h('b', {}, `about ${count(missing)} more trials`), missing <= 0 ? '' : ` (${count(total)} in all)${time}`);
  };
  return [
    more(a.trialsToError, `Mean standard error of ${a.targetError}`, 'not known yet'),
    more(a.trialsToShare, `${percent(a.targetShare)} of examples decided at all times`, whyNoGuarantee ?? `not within ${count(a.mostTrials)} trials`),
    h('p.quiet.small', {}, 'Forecasts from the counters so far. Stopping when you like what you see is safe only by the anytime-valid statements: decided, confirmed.'),
  ];
}

/** Some figures over trials. */
class Lines {
  constructor(name, unit, lines, { logarithmic = false, max = undefined, show = x => fixed(x, 3), empty = null, describe }) {
    Object.assign(this, { unit, lines, logarithmic, max, show, empty, describe });
    this.points = [];
    this.chart = new Chart(name, (c, wide) => this.option(c, wide), { label: `${lines.map(l => l[0]).join(', ')} over trials`, table: () => this.table() });
    this.element = this.chart.element;
  }

  update(points) {
    this.points = points.filter(p => p.trials > 0);
    this.chart.draw();
  }

  close() {
    this.chart.close();
  }

  table() {
    return { columns: ['trials', ...this.lines.map(([name]) => name)], rows: this.points.map(p => [p.trials, ...this.lines.map(line => line[2](p))]) };
  }

  option(c, wide) {
    if (!this.points.length) return null;
    if (this.empty) return { ...base(c), ...message(c, this.empty) };
    const least = 0.05;
    const newest = value => this.points.findLast(p => value(p) !== null);
    const label = ([name, , value]) => `${name} ${newest(value) ? this.show(value(newest(value))) : '–'}`;
    return {
      ...base(c),
      grid: { left: 56, right: endLabelRoom(wide, this.lines.map(label)), top: wide ? 16 : 50, bottom: 40 },
      legend: { show: !wide, top: 0, itemWidth: 18, itemHeight: 8, textStyle: { color: c.soft, fontSize: 11 } },
      xAxis: { type: 'log', min: 'dataMin', max: 'dataMax', ...axis(c, 'trials counted', { splitLine: { show: false } }), axisLabel: { color: c.soft, fontSize: 11, formatter: x => count(Math.round(x)) } },
      yAxis: { type: this.logarithmic ? 'log' : 'value', min: this.logarithmic ? least : undefined, max: this.max, scale: true, ...axis(c, this.unit, { nameGap: 40 }), axisLabel: { color: c.soft, fontSize: 11, showMinLabel: !this.logarithmic, formatter: x => (this.logarithmic ? tick(x) : fixed(x, 2)) } },
      tooltip: {
        ...base(c).tooltip, trigger: 'axis', axisPointer: { lineStyle: { color: c.strong } },
        formatter: items => {
          const p = this.points.reduce((best, q) => (Math.abs(q.trials - items[0].axisValue) < Math.abs(best.trials - items[0].axisValue) ? q : best), this.points[0]);
          return tip(`${count(p.trials)} trials`, ...this.describe(p));
        },
      },
      series: this.lines.map(([name, color, value, type = 'solid']) => ({
        name, type: 'line', color: c[color], showSymbol: this.points.length < 3, symbolSize: 5, lineStyle: { width: 2, type }, ...endLabel(wide, label([name, color, value])),
        data: this.points.map(p => [p.trials, value(p)]).filter(d => d[1] !== null && (!this.logarithmic || d[1] >= least)),
      })),
    };
  }
}
