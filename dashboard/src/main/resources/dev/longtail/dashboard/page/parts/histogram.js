// The histogram of memorization, and under it what lies in its bins.
import { axis, base, Chart, tip } from '../charts.js';
import { h, refill } from '../dom.js';
import { count, fixed } from '../format.js';
import { picturePath } from '../api.js';
import { examplePath } from './picture.js';

const LEFT = 56;
const RIGHT = 18;
const SHOWN = 22;

/** A histogram that can be brushed when `onRange` is given. */
export class MemorizationHistogram {
  constructor(experiment, { onRange = null, threshold = null } = {}) {
    this.experiment = experiment;
    this.onRange = onRange;
    this.threshold = threshold;
    this.logarithmic = false;
    this.range = null;
    this.data = null;
    this.chart = new Chart('memorization-histogram', c => this.option(c), { label: 'Histogram of memorization', table: () => this.table() });
    this.specimens = h('div.specimens', { 'aria-hidden': 'true' });
    this.summary = h('p.sr-only');
    this.element = h('div', {}, this.chart.element, experiment.hasPictures ? this.specimens : null, this.summary);
    this.scale = h('button', { type: 'button', 'aria-pressed': 'false', title: 'Logarithmic counts', 'aria-label': 'Logarithmic counts', onclick: () => this.toggleScale() }, 'log');
  }

  update(data) {
    this.data = data;
    this.window = windowOf(data);
    this.chart.draw();
    this.drawSpecimens();
    this.summary.textContent = data.counts
      .map((n, b) => (n ? `${fixed(low(data, b))} to ${fixed(low(data, b + 1))}: ${n}` : null)).filter(Boolean).join('; ');
  }

  table() {
    return { columns: ['from', 'to', 'examples'], rows: this.data.counts.map((n, b) => [low(this.data, b), low(this.data, b + 1), n]) };
  }

  toggleScale() {
    this.logarithmic = !this.logarithmic;
    this.scale.setAttribute('aria-pressed', String(this.logarithmic));
    this.chart.draw();
  }

  close() {
    this.chart.close();
  }

  option(c) {
    if (!this.data) return null;
    const { counts } = this.data;
    const [first, last] = this.window;
    const inside = b => !this.range || (low(this.data, b + 1) > this.range[0] && low(this.data, b) < this.range[1]);
    const data = [];
    for (let b = first; b < last; b++) {
      data.push({
        value: [low(this.data, b), low(this.data, b + 1), counts[b]],
        itemStyle: { color: inside(b) ? (low(this.data, b) >= (this.threshold ?? 2) - 1e-9 ? c.orange : c.barStrong) : c.bar, opacity: inside(b) ? 1 : 0.35 },
      });
    }
    return {
      ...base(c),
      grid: { left: LEFT, right: RIGHT, top: 22, bottom: 40 },
      xAxis: { type: 'value', min: low(this.data, first), max: low(this.data, last), ...axis(c, 'memorization', { splitLine: { show: false } }), axisLabel: { color: c.soft, fontSize: 11, formatter: x => fixed(x, 1), showMinLabel: false } },
      yAxis: {
        type: this.logarithmic ? 'log' : 'value', min: this.logarithmic ? 0.7 : 0,
        ...axis(c, '', {}), name: 'examples', nameLocation: 'end', nameGap: 8, nameTextStyle: { color: c.soft, align: 'right' },
      },
      tooltip: {
        ...base(c).tooltip, trigger: 'item',
        formatter: p => tip(`${count(p.value[2])} examples`, `memorization ${fixed(p.value[0])} to ${fixed(p.value[1])}`),
      },
      series: [{
        type: 'custom', data, encode: { x: [0, 1], y: 2 },
        renderItem: (params, api) => {
          const y = api.value(2);
          if (!y) return null;
          const a = api.coord([api.value(0), y]);
          const b = api.coord([api.value(1), this.logarithmic ? 0.7 : 0]);
          return { type: 'rect', shape: { x: a[0] + 0.5, y: a[1], width: Math.max(1, b[0] - a[0] - 1), height: b[1] - a[1], r: [2, 2, 0, 0] }, style: api.style() };
        },
        markLine: this.threshold === null ? undefined : {
          silent: true, symbol: 'none', lineStyle: { color: c.orange, type: 'dashed' },
          label: { formatter: `memorized ≥ ${this.threshold}`, color: c.orange, position: 'insideEndTop', fontSize: 11 },
          data: [{ xAxis: this.threshold }],
        },
      }],
    };
  }

  /** One picture per step of the axis: the tail, seen. */
  drawSpecimens() {
    if (!this.experiment.hasPictures) return;
    const [first, last] = this.window;
    const step = Math.max(1, Math.ceil((last - first) / SHOWN));
    const cells = [];
    for (let b = first; b < last; b += step) {
      const found = this.data.specimens.slice(b, b + step).flat();
      if (found.length) cells.push({ at: (b - first + Math.min(step, last - b) / 2) / (last - first), index: found[0] });
    }
    const width = 100 / SHOWN;
    refill(this.specimens, cells.map(cell => h('a', {
      href: examplePath(this.experiment.output, 'train', cell.index), 'data-nav': true, tabindex: '-1',
      style: {
        left: `calc(${LEFT}px + (100% - ${LEFT + RIGHT}px) * ${cell.at} - min(${width / 2}%, 26px) + 2px)`,
        width: `min(${width}% - 4px, 52px)`, aspectRatio: '1',
      },
    }, h('img', { src: picturePath(this.experiment.output, 'train', cell.index), alt: '', loading: 'lazy' }))));
  }
}

export const low = (data, bin) => data.from + ((data.to - data.from) * bin) / data.counts.length;

/** The bins worth showing: from the first that is not empty, always including 0 to 1. */
function windowOf(data) {
  const size = data.counts.length;
  const first = data.counts.findIndex(n => n > 0);
  const zero = Math.floor((size * (0 - data.from)) / (data.to - data.from));
  return [Math.min(zero, first < 0 ? zero : first), size];
}
