// Tens of thousands of examples as points, or more of them as a grid of counts; both come in binary.
import { axis, base, Chart } from '../charts.js';
import { count } from '../format.js';

const HEADER = 4;
const POINTS = 1;

/** Reads what the server sends; its layout is documented with the interface. */
export async function loadPoints(url, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error((await response.json()).detail);
  const buffer = await response.arrayBuffer();
  const [kind, size, xTrials, yTrials] = new Int32Array(buffer, 0, HEADER);
  if (kind === POINTS) {
    return {
      size, xTrials, yTrials,
      x: new Float32Array(buffer, 4 * HEADER, size),
      y: new Float32Array(buffer, 4 * (HEADER + size), size),
      index: new Int32Array(buffer, 4 * (HEADER + 2 * size), size),
    };
  }
  return { columns: size, xTrials, yTrials, cells: new Int32Array(buffer, 4 * HEADER, size * size) };
}

export class Scatter {
  /**
   * @param {string} name of downloaded files
   * @param {{x: string, y: string, onPick: function(number), diagonal: boolean, thresholds: number[]}} options
   */
  constructor(name, options) {
    this.options = options;
    this.data = null;
    this.chart = new Chart(name, c => this.option(c), { className: '.tall', label: `${options.y} against ${options.x}`, table: () => this.table() });
    this.element = this.chart.element;
    if (options.onPick) this.listen();
  }

  /** The points, or the grid's cells that are not empty. */
  table() {
    const { x, y, index, size, columns, cells, xTrials, yTrials } = this.data;
    if (x) {
      return { columns: ['index', this.options.x, this.options.y, 'trials_x', 'trials_y'], rows: Array.from({ length: size }, (_, k) => [index[k], x[k], y[k], xTrials, yTrials]) };
    }
    const rows = [];
    const at = cell => -1 + (2 * cell) / columns;
    cells.forEach((n, k) => n && rows.push([at(k % columns), at(Math.floor(k / columns)), n]));
    return { columns: [`${this.options.x} from`, `${this.options.y} from`, 'examples'], rows };
  }

  async listen() {
    await this.chart.ready;
    this.chart.chart?.getZr().on('click', event => {
      const picked = this.nearest(event.offsetX, event.offsetY);
      if (picked !== null) this.options.onPick(picked);
    });
  }

  update(data) {
    this.data = data;
    if (data.x) {
      this.flat = new Float32Array(2 * data.size);
      for (let k = 0; k < data.size; k++) {
        this.flat[2 * k] = data.x[k];
        this.flat[2 * k + 1] = data.y[k];
      }
    } else {
      this.image = null;
    }
    const began = performance.now();
    this.chart.draw();
    this.drawMillis = performance.now() - began;
  }

  close() {
    this.chart.close();
  }

  nearest(px, py) {
    if (!this.data?.x) return null;
    const [x, y] = this.chart.chart.convertFromPixel({ gridIndex: 0 }, [px, py]);
    const [x1, y1] = this.chart.chart.convertFromPixel({ gridIndex: 0 }, [px + 10, py - 10]);
    let best = null;
    let least = 1;
    for (let k = 0; k < this.data.size; k++) {
      const d = ((this.data.x[k] - x) / (x1 - x)) ** 2 + ((this.data.y[k] - y) / (y1 - y)) ** 2;
      if (d < least) {
        least = d;
        best = this.data.index[k];
      }
    }
    return best;
  }

  option(c) {
    if (!this.data) return null;
    const { x, y, diagonal, thresholds } = this.options;
    const lines = [
      ...(thresholds ? [{ xAxis: thresholds[0] }, { yAxis: thresholds[1] }] : []),
      ...(diagonal ? [[{ coord: [-0.2, -0.2] }, { coord: [1, 1] }]] : []),
    ];
    const marks = { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: c.orange, type: 'dashed' }, data: lines };
    return {
      ...base(c),
      tooltip: { show: false },
      xAxis: { type: 'value', min: this.low(0), max: 1, ...axis(c, x, { splitLine: { show: false } }) },
      yAxis: { type: 'value', min: this.low(1), max: this.options.square ? 1 : undefined, ...axis(c, y, { nameGap: 36 }) },
      series: [this.data.x ? this.points(c, marks) : this.grid(c, marks)],
    };
  }

  low(axisIndex) {
    if (!this.data.x) return -1;
    const values = axisIndex === 0 ? this.data.x : this.data.y;
    let least = 0;
    for (const value of values) least = Math.min(least, value);
    return Math.floor(least * 10) / 10;
  }

  points(c, markLine) {
    return {
      type: 'scatter', data: this.flat, dimensions: ['x', 'y'], large: true, largeThreshold: 2000, progressive: 0,
      symbolSize: this.data.size > 5000 ? 2.5 : 5, itemStyle: { color: c.blue, opacity: this.data.size > 5000 ? 0.35 : 0.55 }, silent: true, markLine,
    };
  }

  /** Cells darker the more examples lie in them, by logarithm; painted once, then scaled. */
  grid(c, markLine) {
    const { columns, cells } = this.data;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = columns;
    const context = canvas.getContext('2d');
    const most = Math.log1p(cells.reduce((a, b) => Math.max(a, b), 0));
    context.fillStyle = c.blue;
    cells.forEach((n, k) => {
      if (!n) return;
      context.globalAlpha = 0.12 + (0.88 * Math.log1p(n)) / most;
      context.fillRect(k % columns, columns - 1 - Math.floor(k / columns), 1, 1);
    });
    return {
      type: 'custom', data: [[0, 0]], silent: true, clip: true, markLine,
      renderItem: (params, api) => {
        const [left, top] = api.coord([-1, 1]);
        const [right, bottom] = api.coord([1, -1]);
        return { type: 'image', style: { image: canvas, x: left, y: top, width: right - left, height: bottom - top } };
      },
    };
  }

  /** What the plot shows, in a sentence. */
  describe() {
    return this.data.x ? `${count(this.data.size)} examples` : 'darker where more examples lie';
  }
}
