import { axis, base, Chart, tip } from '../charts.js';
import { count, fixed } from '../format.js';

/** Standard error of memorization over trials against the worst case that Lemma 2.1 allows. */
export class StandardErrorChart {
  constructor() {
    this.points = [];
    this.chart = new Chart('standard-error', c => this.option(c), { label: 'Mean standard error over trials with the bound of Lemma 2.1' });
    this.element = this.chart.element;
  }

  update(points) {
    this.points = points.filter(p => p.trials > 0);
    this.chart.draw();
  }

  close() {
    this.chart.close();
  }

  option(c) {
    if (!this.points.length) return null;
    const line = (name, color, value, extra = {}) => ({
      name, type: 'line', showSymbol: this.points.length < 3, symbolSize: 5, color, lineStyle: { width: 2, ...extra },
      data: this.points.map(p => [p.trials, value(p)]).filter(d => d[1] !== null && d[1] !== undefined),
    });
    const band = (stack, value, area) => ({
      name: stack, type: 'line', stack: 'quantiles', symbol: 'none', lineStyle: { opacity: 0 }, silent: true,
      areaStyle: area ? { color: c.blue, opacity: 0.13 } : undefined, tooltip: { show: false },
      data: this.points.filter(p => p.standardErrorQuantiles.length === 6).map(p => [p.trials, value(p)]),
    });
    return {
      ...base(c),
      grid: { left: 56, right: 18, top: 34, bottom: 40 },
      legend: {
        data: ['mean', 'root mean square', 'Lemma 2.1 bound'], top: 0, left: 50, itemWidth: 18, textStyle: { color: c.soft, fontSize: 11 },
      },
      xAxis: { type: 'value', min: 'dataMin', max: 'dataMax', ...axis(c, 'trials counted', { splitLine: { show: false } }) },
      yAxis: { type: 'value', min: 0, ...axis(c, ''), name: 'standard error', nameLocation: 'end', nameGap: 14, nameTextStyle: { color: c.soft, align: 'right', padding: [0, -30, 0, 0] } },
      tooltip: {
        ...base(c).tooltip, trigger: 'axis', axisPointer: { lineStyle: { color: c.strong } },
        formatter: items => this.describe(items[0]?.axisValue),
      },
      series: [
        band('p5', p => p.standardErrorQuantiles[0], false),
        band('p5–p95', p => p.standardErrorQuantiles[4] - p.standardErrorQuantiles[0], true),
        line('Lemma 2.1 bound', c.orange, p => p.lemmaStandardError, { type: 'dashed' }),
        line('root mean square', c.violet, p => p.rootMeanSquaredStandardError, { type: 'dotted' }),
        line('mean', c.blue, p => p.meanStandardError),
      ],
    };
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
