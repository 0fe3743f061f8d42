// ECharts, loaded when the first chart is drawn so that text and figures paint before it.
import { h } from './dom.js';

let library = null;
export const echarts = () => (library ??= import('/assets/echarts.js'));

/** Colours of the current theme, from the style sheet. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const get = name => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: get('ink'), soft: get('soft'), line: get('line'), strong: get('line-strong'), card: get('card'),
    blue: get('blue'), orange: get('orange'), green: get('green'), violet: get('violet'),
    bar: get('bar'), barStrong: get('bar-strong'), blueSoft: get('blue-soft'), orangeSoft: get('orange-soft'),
  };
}

/** Content of a tooltip as an element: text stays text, and no inline style is needed. */
export function tip(title, ...lines) {
  return h('div.tip', {}, h('b', {}, title), lines.map(line => h('span.quiet', {}, line)));
}

/** What all our charts share. */
export function base(c) {
  return {
    animation: false,
    textStyle: { color: c.ink, fontFamily: 'inherit' },
    aria: { enabled: true },
    grid: { left: 56, right: 18, top: 26, bottom: 40 },
    tooltip: {
      confine: true, backgroundColor: c.card, borderColor: c.strong, textStyle: { color: c.ink, fontSize: 12 },
    },
  };
}

export function axis(c, name, extra = {}) {
  return {
    name, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: c.soft, fontSize: 12 },
    axisLine: { lineStyle: { color: c.strong } }, axisTick: { lineStyle: { color: c.strong } },
    axisLabel: { color: c.soft, fontSize: 11 }, splitLine: { lineStyle: { color: c.line } }, ...extra,
  };
}

const drawn = new Set();

/** One chart in an element; draws the newest option and follows size and theme. */
export class Chart {
  /**
   * @param {string} name of downloaded files
   * @param {function(object): object} option makes the option from the colours; null draws nothing
   */
  constructor(name, option, { className = '', label = name } = {}) {
    this.name = name;
    this.option = option;
    this.element = h(`div.chart${className}`, { role: 'img', 'aria-label': label });
    this.chart = null;
    this.closed = false;
    this.ready = echarts().then(library => {
      if (this.closed) return;
      this.library = library;
      this.chart = library.init(this.element, null, { renderer: 'canvas' });
      this.resizing = new ResizeObserver(() => this.chart.resize());
      this.resizing.observe(this.element);
      this.draw();
    });
    drawn.add(this);
  }

  draw() {
    if (!this.chart) return;
    const option = this.option(colours());
    if (option) this.chart.setOption(option, { notMerge: true });
  }

  close() {
    this.closed = true;
    drawn.delete(this);
    this.resizing?.disconnect();
    this.chart?.dispose();
  }

  /** Offers the plot as a file: as painted, or as vectors. */
  async download(type) {
    await this.ready;
    const c = colours();
    if (type === 'png') {
      save(this.chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: c.card }), `${this.name}.png`);
      return;
    }
    const scratch = h('div', { style: { width: `${this.element.clientWidth}px`, height: `${this.element.clientHeight}px` } });
    const vector = this.library.init(scratch, null, {
      renderer: 'svg', ssr: true, width: this.element.clientWidth, height: this.element.clientHeight,
    });
    vector.setOption({ ...this.option(c), backgroundColor: c.card });
    const url = URL.createObjectURL(new Blob([vector.renderToSVGString()], { type: 'image/svg+xml' }));
    vector.dispose();
    save(url, `${this.name}.svg`);
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /** Buttons that offer the plot as a file. */
  buttons() {
    return ['png', 'svg'].map(type =>
      h('button', { type: 'button', title: `Save this plot as ${type.toUpperCase()}`, onclick: () => this.download(type) }, type.toUpperCase()));
  }
}

export function save(url, name) {
  h('a', { href: url, download: name }).click();
}

/** Draws all charts anew, for another theme. */
export const redrawAll = () => drawn.forEach(chart => chart.draw());
