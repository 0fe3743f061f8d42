import { axis, base, Chart, endLabel, endLabelRoom, tip } from '../charts.js';
import { count, fixed, tick } from '../format.js';

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95, 1];

/** Standard error of memorization over trials against the worst case that Lemma 2.1 allows. */
export class StandardErrorChart {
  constructor({ className = '' } = {}) {
    this.points = [];
    this.chart = new Chart('standard-error', (c, wide) => this.option(c, wide), { className, label: 'Mean standard error over trials with the bound of Lemma 2.1', table: () => this.table() });
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
    return {
      columns: ['trials', 'mean_standard_error', 'root_mean_square', 'lemma_2_1', ...QUANTILES.map(q => `quantile_${q}`)],
      rows: this.points.map(p => [p.trials, p.meanStandardError, p.rootMeanSquaredStandardError, p.lemmaStandardError, ...QUANTILES.map((q, k) => p.standardErrorQuantiles[k])]),
    };
  }

  option(c, wide) {
    if (!this.points.length) return null;
    const newest = this.points.at(-1);
    const label = (name, value) => `${name} ${fixed(value(newest), 4)}`;
    const line = (name, color, value, extra = {}) => ({
      name, type: 'line', showSymbol: this.points.length < 3, symbolSize: 5, color, lineStyle: { width: 2, ...extra }, ...endLabel(wide, label(name, value)),
      data: this.points.map(p => [p.trials, value(p)]).filter(d => d[1] !== null && d[1] !== undefined),
    });
    const quantiles = this.points.filter(p => p.standardErrorQuantiles.length === 6);
    const floor = this.floor();
    return {
      ...base(c),
      grid: { left: 56, right: endLabelRoom(wide, ['root mean square 0.0000', '95 % of examples < 0.00']), top: wide ? 16 : 50, bottom: 40 },
      legend: {
        show: !wide, data: ['mean', 'root mean square', 'Lemma 2.1 bound', '90 % of examples'], top: 0, left: 'center', itemWidth: 16, itemHeight: 8,
        textStyle: { color: c.soft, fontSize: 11 },
      },
      // Both logarithmic: an error that falls with the square root of the trials is a straight line.
      xAxis: { type: 'log', min: 'dataMin', max: 'dataMax', ...axis(c, 'trials counted', { splitLine: { show: false } }), axisLabel: { color: c.soft, fontSize: 11, formatter: x => count(Math.round(x)) } },
      yAxis: { type: 'log', min: this.floor(), max: this.ceiling(), ...axis(c, ''), axisLabel: { color: c.soft, fontSize: 11, showMinLabel: false, showMaxLabel: false, formatter: tick } },
      tooltip: {
        ...base(c).tooltip, trigger: 'axis', axisPointer: { lineStyle: { color: c.strong } },
        formatter: items => this.describe(items[0]?.axisValue),
      },
      series: [
        {
          name: '90 % of examples', type: 'custom', silent: true, clip: true, color: c.bar, data: quantiles.length ? [[quantiles[0].trials, quantiles[0].standardErrorQuantiles[4]]] : [],
          renderItem: (params, api) => ({
            type: 'polygon', style: { fill: c.blue, opacity: 0.14 },
            shape: {
              points: [...quantiles.map(p => api.coord([p.trials, Math.max(floor, p.standardErrorQuantiles[4])])),
                ...quantiles.toReversed().map(p => api.coord([p.trials, Math.max(floor, p.standardErrorQuantiles[0])]))],
            },
          }),
        },
        { ...line('95 % of examples <', c.soft, p => p.standardErrorQuantiles[4]), silent: true, showSymbol: false, lineStyle: { opacity: 0 } },
        line('Lemma 2.1 bound', c.orange, p => p.lemmaStandardError, { type: 'dashed' }),
        line('root mean square', c.violet, p => p.rootMeanSquaredStandardError, { type: 'dotted' }),
        line('mean', c.blue, p => p.meanStandardError),
      ],
    };
  }

  /** Ends of the axis a little beyond the lines; examples without any error do not stretch it to 0. */
  floor() {
    return 0.6 * Math.min(...this.points.map(p => p.meanStandardError ?? 1));
  }

  ceiling() {
    return 1.2 * Math.max(...this.points.flatMap(p => [p.lemmaStandardError ?? 0, p.rootMeanSquaredStandardError ?? 0, p.standardErrorQuantiles[4] ?? 0]));
  }

  describe(trials) {
    const point = this.points.reduce((best, p) => (Math.abs(p.trials - trials) < Math.abs(best.trials - trials) ? p : best), this.points[0]);
    const q = point.standardErrorQuantiles;
    return tip(`${count(point.trials)} trials`,
      `mean ${fixed(point.meanStandardError, 4)} over ${count(point.examplesDefined)} examples`,
      `root mean square ${fixed(point.rootMeanSquaredStandardError, 4)}`,
      `Lemma 2.1 allows ${fixed(point.lemmaStandardError, 4)}`,
      q.length === 6 ? `90 % of examples: ${fixed(q[0], 3)} to ${fixed(q[4], 3)}` : '');
  }
}
