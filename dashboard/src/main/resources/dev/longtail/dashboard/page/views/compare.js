import { axis, base, Chart, tip } from '../charts.js';
import { getJson, query } from '../api.js';
import { fill, h, refill } from '../dom.js';
import { count, fixed, trialsText } from '../format.js';
import { choice } from '../parts/controls.js';
import { low } from '../parts/histogram.js';
import { examplePath } from '../parts/picture.js';
import { loadPoints, Scatter } from '../parts/scatter.js';

/** Two experiments on the same training examples, side by side. */
export function compareView(root, outputs, { a, b }, { go }) {
  const address = changes => go(query('/compare', { a, b, ...changes }));
  const names = outputs.map(output => [output, output]);
  const head = h('section.card.span-12', {}, h('div.card-head', {}, h('h2', {}, 'Compare'), h('div.controls', {},
    choice('A', [['', '…'], ...names], a ?? '', x => address({ a: x })).element, choice('B', [['', '…'], ...names], b ?? '', x => address({ b: x })).element)));
  const note = h('div');
  head.append(note);
  if (!a || !b) {
    fill(root, h('div.grid', {}, head));
    refill(note, h('p.quiet', {}, outputs.length < 2 ? 'There is only one experiment.' : 'Choose two experiments.'));
    return { title: 'Compare', async refresh() {}, close() {} };
  }
  const histogram = new BothHistograms(a, b);
  const scatter = new Scatter('memorization-a-b', { x: `memorization in ${a}`, y: `memorization in ${b}`, diagonal: true, square: true, onPick: i => go(examplePath(a, 'train', i)) });
  const agreement = new AgreementChart();
  const scatterNote = h('span.figure-trials');
  const from = h('span');
  const agreementNote = h('span.figure-trials');
  const plots = [
    h('section.card.span-7', {}, h('div.card-head', {}, h('h2', {}, 'Example by example'), scatterNote, h('span.actions', {}, scatter.chart.buttons())), scatter.element),
    h('section.card.span-5', {}, h('div.card-head', {}, h('h2', {}, 'Agreement on what is selected'), agreementNote, h('span.actions', {}, agreement.chart.buttons())), agreement.chart.element),
    h('section.card.span-12', {}, h('div.card-head', {}, h('h2', {}, 'Memorization'), from, h('span.actions', {}, histogram.chart.buttons())), histogram.chart.element),
  ];
  fill(root, h('div.grid', {}, head, plots));
  return {
    title: `${a} and ${b}`,
    async refresh(signal) {
      const [comparison, points] = await Promise.all([getJson(query('/api/compare', { a, b }), signal), loadPoints(query('/api/compare/points', { a, b }), signal)]);
      const without = [[a, comparison.trialsA], [b, comparison.trialsB]].filter(([, trials]) => !trials).map(([name]) => name);
      plots.forEach(plot => plot.classList.toggle('absent', without.length > 0));
      if (without.length) {
        refill(note, h('p.quiet', {}, `${without.join(' and ')}: no figures yet. They appear here by themselves.`));
        return;
      }
      const only = convergedOnly => (convergedOnly ? ', converged trials only' : '');
      const trials = `A ${trialsText(comparison.trialsA)}${only(comparison.convergedOnlyA)}, B ${trialsText(comparison.trialsB)}${only(comparison.convergedOnlyB)}`;
      refill(note,
        comparison.sameData ? null : h('p.problem', {}, 'These experiments do not state the same data: example 17 of one may be another picture than example 17 of the other.'),
        comparison.convergedOnlyA === comparison.convergedOnlyB ? null : h('p.problem', {}, 'One of these experiments leaves out trials that did not converge: it estimates something else than the other.'),
        h('p', {}, `Correlation of memorization: `, h('b', {}, fixed(comparison.pearson, 4)), ', of its ranks: ', h('b', {}, fixed(comparison.spearman, 4)),
          h('span.quiet', {}, ` · ${trials}`)));
      refill(from, h('span.figure-trials', {}, trials));
      refill(agreementNote, trials);
      histogram.update(comparison);
      agreement.update(comparison);
      scatter.update(points);
      refill(scatterNote, `${scatter.describe()}; ${points.x ? 'click a point to open it; ' : ''}${trials}`);
    },
    close() {
      histogram.chart.close();
      scatter.close();
      agreement.chart.close();
    },
  };
}

class BothHistograms {
  constructor(a, b) {
    Object.assign(this, { a, b });
    this.chart = new Chart('memorization-both', c => this.option(c), { label: `Histograms of memorization in ${a} and ${b}`, table: () => this.table() });
  }

  update(data) {
    this.data = data;
    this.chart.draw();
  }

  table() {
    const { histogramA, histogramB } = this.data;
    return { columns: ['from', 'to', `examples ${this.a}`, `examples ${this.b}`], rows: histogramA.counts.map((n, bin) => [low(histogramA, bin), low(histogramA, bin + 1), n, histogramB.counts[bin]]) };
  }

  /** Left end of the axis: the first tenth below the first bin with an example, at most 0. */
  least() {
    const firsts = [this.data.histogramA, this.data.histogramB].map(histogram => low(histogram, histogram.counts.findIndex(n => n > 0)));
    return Math.min(0, Math.floor(10 * Math.min(...firsts) + 1e-9) / 10);
  }

  option(c) {
    if (!this.data) return null;
    const { histogramA, histogramB } = this.data;
    const steps = (name, histogram, color, type) => ({
      name, type: 'line', step: 'end', symbol: 'none', color, lineStyle: { width: 2, type }, areaStyle: { opacity: 0.1 },
      data: [...histogram.counts.map((n, bin) => [low(histogram, bin), Math.max(0.5, n)]), [histogram.to, Math.max(0.5, histogram.counts.at(-1))]],
    });
    return {
      ...base(c),
      legend: { top: 0, itemWidth: 18, itemHeight: 8, textStyle: { color: c.soft, fontSize: 11 } },
      xAxis: { type: 'value', min: this.least(), max: 1, interval: 0.1, ...axis(c, 'memorization', { splitLine: { show: false } }), axisLabel: { color: c.soft, fontSize: 11, formatter: x => fixed(x, 1) } },
      yAxis: { type: 'log', min: 0.5, ...axis(c, ''), name: 'examples', nameLocation: 'end', nameGap: 8, nameTextStyle: { color: c.soft, align: 'right' }, axisLabel: { color: c.soft, fontSize: 11, formatter: x => (x < 1 ? '' : count(x)) } },
      tooltip: {
        ...base(c).tooltip, trigger: 'axis', axisPointer: { lineStyle: { color: c.strong } },
        formatter: items => {
          const bin = Math.min(items[0].dataIndex, histogramA.counts.length - 1);
          return tip(`memorization ${fixed(low(histogramA, bin))} to ${fixed(low(histogramA, bin + 1))}`, `A: ${count(histogramA.counts[bin])} examples`, `B: ${count(histogramB.counts[bin])} examples`);
        },
      },
      series: [steps(`A: ${this.a}`, histogramA, c.blue, 'solid'), steps(`B: ${this.b}`, histogramB, c.orange, 'dashed')],
    };
  }
}

class AgreementChart {
  constructor() {
    this.chart = new Chart('agreement', c => this.option(c), { className: '.tall', label: 'Jaccard agreement over thresholds', table: () => this.table() });
  }

  update(data) {
    this.data = data;
    this.chart.draw();
  }

  table() {
    const rows = (of, list) => list.map(p => [of, p.threshold, p.jaccard, p.selectedA, p.selectedB, p.both, p.meanDifference, p.standardError]);
    return { columns: ['of', 'threshold', 'jaccard', 'selected_a', 'selected_b', 'both', 'mean_difference', 'standard_error'], rows: [...rows('memorization', this.data.examples), ...rows('influence', this.data.pairs)] };
  }

  option(c) {
    if (!this.data) return null;
    const line = (name, list, color, type) => ({ name, type: 'line', color, symbolSize: 6, lineStyle: { width: 2, type }, data: list.filter(p => p.jaccard !== null).map(p => [p.threshold, p.jaccard, p]) });
    return {
      ...base(c),
      legend: { top: 0, itemWidth: 18, itemHeight: 8, textStyle: { color: c.soft, fontSize: 11 } },
      xAxis: { type: 'value', min: 0, max: 1, ...axis(c, 'threshold', { splitLine: { show: false } }) },
      yAxis: { type: 'value', min: 0, max: 1, ...axis(c, 'Jaccard: both / either', { nameGap: 36 }) },
      tooltip: {
        ...base(c).tooltip,
        formatter: p => {
          const at = p.value[2];
          return tip(`${p.seriesName} ≥ ${fixed(at.threshold)}`, `Jaccard ${fixed(at.jaccard, 3)}`, `A ${count(at.selectedA)}, B ${count(at.selectedB)}, both ${count(at.both)}`, `mean difference ${fixed(at.meanDifference, 3)} ± ${fixed(at.standardError, 3)}, absolute ${fixed(at.meanAbsoluteDifference, 3)}`);
        },
      },
      series: [line('memorization', this.data.examples, c.blue, 'solid'), line('influence', this.data.pairs, c.orange, 'dashed')],
    };
  }
}
