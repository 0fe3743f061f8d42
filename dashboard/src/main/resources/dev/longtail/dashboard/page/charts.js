// ECharts, loaded when the first chart is drawn so that text and figures paint before it.
import { csv } from './csv.js';
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

/** A plot's place with a sentence instead of a plot. */
export const message = (c, text) => ({ title: { text: text.replace(/(.{40,60}?) /g, '$1\n'), left: 'center', top: 'middle', textStyle: { color: c.soft, fontSize: 13, fontWeight: 'normal' } } });

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

const WIDE = 480;
const END_LABEL_HEIGHT = 14;
const drawn = new Set();

/** One chart in an element; draws the newest option and follows size and theme. */
export class Chart {
  /**
   * @param {string} name of downloaded files
   * @param {function(object, boolean): object} option makes the option from the colours and whether
   *     there is room for labels at the lines; null draws nothing
   * @param {function(): {columns: string[], rows: Array}} [table] what is plotted, as a table
   */
  constructor(name, option, { className = '', label = name, table = null } = {}) {
    this.name = name;
    this.table = table;
    this.option = c => option(c, this.element.clientWidth >= WIDE);
    this.element = h(`div.chart${className}`, { role: 'img', 'aria-label': label, 'data-plot': name });
    this.chart = null;
    this.closed = false;
    this.ready = echarts().then(library => {
      if (this.closed) return;
      this.library = library;
      this.chart = library.init(this.element, null, { renderer: 'canvas' });
      this.resizing = new ResizeObserver(() => {
        this.chart.resize();
        this.draw();
      });
      this.resizing.observe(this.element);
      this.draw();
    });
    drawn.add(this);
  }

  draw() {
    if (!this.chart) return;
    const option = this.option(colours());
    if (!option) return;
    this.chart.setOption(option, { notMerge: true });
    if (option.series?.some(series => series.endLabel?.show)) this.spreadEndLabels(option.series);
  }

  /** Moves labels at the ends of lines apart where lines end close to each other. */
  spreadEndLabels(series) {
    const ends = series.map((line, k) => ({ k, line })).filter(({ line }) => line.endLabel?.show && line.data.length)
      .map(({ k, line }) => ({ k, y: this.chart.convertToPixel({ gridIndex: 0 }, line.data.at(-1))[1] }))
      .sort((a, b) => a.y - b.y);
    let free = -Infinity;
    const offsets = new Map(ends.map(({ k, y }) => {
      const at = Math.max(y, free);
      free = at + END_LABEL_HEIGHT;
      return [k, at - y];
    }));
    this.chart.setOption({ series: series.map((line, k) => (offsets.has(k) ? { endLabel: { offset: [0, offsets.get(k)] } } : {})) });
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
    saveText(`${this.name}.svg`, vector.renderToSVGString(), 'image/svg+xml');
    vector.dispose();
  }

  /** Buttons that offer the plot as a file. */
  buttons() {
    return [...(this.table ? ['csv'] : []), 'png', 'svg'].map(type => h('button', {
      type: 'button', title: type === 'csv' ? 'Save the plotted figures as CSV' : `Save this plot as ${type.toUpperCase()}`,
      onclick: () => (type === 'csv' ? saveCsv(`${this.name}.csv`, this.table()) : this.download(type)),
    }, type.toUpperCase()));
  }
}

/** A label at the right end of a line: its name and newest value. */
export const endLabel = (wide, text) => ({ endLabel: { show: wide, formatter: text, fontSize: 11, color: 'inherit', distance: 6 } });

/** Room that labels at the ends of lines need. */
export const endLabelRoom = (wide, texts) => (wide ? 18 + 6 * Math.max(...texts.map(text => text.length)) : 18);

/** A file outlives the page it was saved from, so its name says what the strip says. */
function save(url, name) {
  const label = document.body.classList.contains('converged-only') ? '-converged-trials-only' : '';
  h('a', { href: url, download: name.replace(/(\.\w+)$/, `${label}$1`) }).click();
}

function saveText(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Saves a table of columns and rows as a file. */
export const saveCsv = (name, table) => saveText(name, csv(table), 'text/csv');

/** Draws all charts anew, for another theme. */
export const redrawAll = () => drawn.forEach(chart => chart.draw());
