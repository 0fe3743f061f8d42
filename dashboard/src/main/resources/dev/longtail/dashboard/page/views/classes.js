import { axis, base, Chart, message, tip } from '../charts.js';
import { getJson, path } from '../api.js';
import { fill, h, refill } from '../dom.js';
import { className, count, fixed, percent, signed, trialsNote, trialsText } from '../format.js';
import { toggle } from '../parts/controls.js';

const MOST_SHOWN = 30;

/** Memorization and accuracy by class, and which class teaches which. */
export function classesView(root, experiment) {
  const map = new ClassMap(experiment);
  const boxes = new ClassBoxes(experiment);
  const accuracy = new ClassAccuracy(experiment);
  const trials = h('span');
  const accuracyTrials = h('span');
  const few = h('span');
  const mapNote = h('span.figure-trials');
  const which = toggle('count high-influence pairs', false, on => {
    map.counting = on;
    map.chart.draw();
    describeMap();
  });
  const describeMap = () => refill(mapNote, map.describe());
  fill(root, h('div.grid', {},
    h('section.card.span-7', {}, h('div.card-head', {}, h('h2', {}, 'Which class teaches which'), mapNote, h('span.actions', {}, which, map.chart.buttons())), map.chart.element,
      h('p.quiet.small', {}, 'Blue helps, orange harms. The error is a bound: pairs share their trials, so the true errors are smaller.')),
    h('section.card.span-5', {}, h('div.card-head', {}, h('h2', {}, 'Accuracy'), accuracyTrials, h('span.actions', {}, accuracy.chart.buttons())), accuracy.chart.element),
    h('section.card.span-12', {}, h('div.card-head', {}, h('h2', {}, 'Memorization by class'), trials, few, h('span.actions', {}, boxes.chart.buttons())), boxes.chart.element)));
  const charts = [map, boxes, accuracy];
  return {
    title: `${experiment.output} · classes`,
    async refresh(signal) {
      const classes = await getJson(path(experiment.output, '/classes'), signal);
      refill(trials, trialsNote(classes.trials));
      refill(accuracyTrials, trialsNote(classes.trials));
      map.pairs = classes;
      const shown = mostMemorized(classes);
      refill(few, shown.classes.length < classes.classes.length ? h('span.quiet.small', {}, `the ${shown.classes.length} of ${count(classes.classes.length)} classes with the largest share memorized`) : null);
      boxes.update(shown);
      accuracy.update(shown);
      map.influence = await getJson(path(experiment.output, '/classes/influence'), signal);
      map.chart.draw();
      describeMap();
    },
    async again(signal) {
      if (map.influence && map.influence.progress === 1 && map.influence.mean) return;
      map.influence = await getJson(path(experiment.output, '/classes/influence'), signal);
      map.chart.draw();
      describeMap();
    },
    close() {
      charts.forEach(chart => chart.chart.close());
    },
  };
}

/** As many classes as a plot has room for. */
function mostMemorized(data) {
  const shown = data.classes.map((summary, at) => ({ summary, accuracy: data.testAccuracy[at] }))
    .sort((a, b) => b.summary.memorized / b.summary.examples - a.summary.memorized / a.summary.examples)
    .slice(0, MOST_SHOWN).sort((a, b) => a.summary.label - b.summary.label);
  return { trials: data.trials, classes: shown.map(s => s.summary), testAccuracy: shown.map(s => s.accuracy) };
}

class ClassMap {
  constructor(experiment) {
    this.experiment = experiment;
    this.influence = null;
    this.pairs = null;
    this.counting = false;
    this.chart = new Chart('class-influence', c => this.option(c), { className: '.tall', label: 'Mean influence of class on class', table: () => this.table() });
  }

  describe() {
    const i = this.influence;
    if (this.counting) return this.pairs ? trialsText(this.pairs.trials) : '';
    if (!i) return 'asking the job …';
    if (i.mean) return `mean influence over all pairs in scope, ± at most ${fixed(largest(i.standardErrorBound), 4)}, ${trialsText(i.fewestTrials, i.mostTrials)}${i.problem ? ` · ${i.problem}` : ''}`;
    if (i.problem) return 'mean influence needs the job’s state, which does not answer';
    return `reading the job’s state: ${percent(i.progress)}`;
  }

  table() {
    const i = this.influence;
    const rows = [];
    i?.mean?.forEach((row, y) => row.forEach((mean, x) => rows.push([this.name(i.labels[y]), this.name(i.labels[x]), mean, i.standardErrorBound[y][x], i.pairs[y][x], i.fewestTrials])));
    return { columns: ['train_class', 'test_class', 'mean_influence', 'standard_error_bound', 'pairs', 'trials'], rows };
  }

  name(label) {
    return className(this.experiment, label);
  }

  option(c) {
    const source = this.counting ? this.pairs : this.influence;
    const matrix = this.counting ? source?.pairs : source?.mean;
    if (!matrix) return { ...base(c), ...message(c, this.influence?.problem && !this.counting ? this.influence.problem : this.describe()) };
    const names = source.labels.map(label => this.name(label));
    const data = [];
    matrix.forEach((row, y) => row.forEach((value, x) => value !== null && data.push([x, y, value])));
    const most = Math.max(1e-9, ...data.map(d => Math.abs(d[2])));
    return {
      ...base(c),
      grid: { left: 86, right: 74, top: 10, bottom: names.length > 12 ? 64 : 44 },
      xAxis: { type: 'category', data: names, ...axis(c, 'class of the test example', { nameGap: names.length > 12 ? 46 : 28 }), axisLabel: { color: c.soft, fontSize: 11, rotate: names.length > 12 ? 40 : 0 }, splitLine: { show: false } },
      yAxis: { type: 'category', data: names, inverse: true, ...axis(c, 'class of the training example', { nameGap: 68 }), splitLine: { show: false } },
      visualMap: {
        min: this.counting ? 0 : -most, max: most, calculable: false, orient: 'vertical', right: 0, top: 'middle', itemHeight: 220, itemWidth: 12, textStyle: { color: c.soft, fontSize: 11 },
        inRange: { color: this.counting ? [c.card, c.blue] : [c.orange, c.card, c.blue] }, text: this.counting ? [count(most), '0'] : [signed(most), signed(-most)],
      },
      tooltip: {
        ...base(c).tooltip,
        formatter: p => {
          const [x, y, value] = p.value;
          const lines = this.counting ? [`${count(value)} high-influence pairs`]
            : [`mean influence ${fixed(value, 5)}`, `error at most ${fixed(this.influence.standardErrorBound[y][x], 5)}`, `over ${count(this.influence.pairs[y][x])} pairs`];
          return tip(`${names[y]} → ${names[x]}`, ...lines);
        },
      },
      series: [{ type: 'heatmap', data, progressive: 0, itemStyle: { borderColor: c.card, borderWidth: names.length > 40 ? 0 : 1 }, emphasis: { itemStyle: { borderColor: c.ink, borderWidth: 1 } } }],
    };
  }
}

const largest = matrix => Math.max(...matrix.flat().filter(x => x !== null));

class ClassBoxes {
  constructor(experiment) {
    this.experiment = experiment;
    this.chart = new Chart('memorization-by-class', (c, wide) => this.option(c, wide), { label: 'Distribution of memorization by class', table: () => this.table() });
  }

  update(data) {
    this.data = data;
    this.chart.draw();
  }

  table() {
    return {
      columns: ['class', 'examples', 'memorized', 'mean', 'standard_error_bound', 'least', 'quartile_1', 'median', 'quartile_3', 'most', 'trials'],
      rows: this.data.classes.map(k => [className(this.experiment, k.label), k.examples, k.memorized, k.mean, k.standardErrorBound, ...(k.quartiles.length ? k.quartiles : Array(5).fill(null)), this.data.trials]),
    };
  }

  option(c, wide) {
    if (!this.data) return null;
    const classes = this.data.classes.filter(k => k.quartiles.length === 5);
    return {
      ...base(c),
      grid: { left: 56, right: 18, top: wide ? 34 : 50, bottom: classes.length > 14 ? 64 : 40 },
      legend: { top: 0, itemWidth: 14, itemHeight: 9, textStyle: { color: c.soft, fontSize: 11 } },
      xAxis: { type: 'category', data: classes.map(k => className(this.experiment, k.label)), ...axis(c, 'class', { nameGap: classes.length > 14 ? 50 : 26 }), axisLabel: { color: c.soft, fontSize: 11, rotate: classes.length > 14 ? 45 : 0 } },
      yAxis: { type: 'value', max: 1, ...axis(c, 'memorization; share', { nameGap: 36 }) },
      tooltip: {
        ...base(c).tooltip, trigger: 'axis',
        formatter: items => {
          const k = classes[items[0].dataIndex];
          return tip(className(this.experiment, k.label), `mean ${fixed(k.mean, 3)}, error at most ${fixed(k.standardErrorBound, 3)}`, `quartiles ${k.quartiles.slice(1, 4).map(q => fixed(q, 2)).join(', ')}`,
            `${count(k.memorized)} of ${count(k.examples)} memorized`, trialsText(this.data.trials));
        },
      },
      series: [
        { name: 'quartiles and extremes', type: 'boxplot', color: c.blue, itemStyle: { color: c.blueSoft, borderColor: c.blue }, boxWidth: [6, 26], data: classes.map(k => k.quartiles) },
        { name: 'share of the class that is memorized', type: 'scatter', color: c.orange, symbol: 'diamond', symbolSize: 11, data: classes.map(k => k.memorized / k.examples) },
      ],
    };
  }
}

class ClassAccuracy {
  constructor(experiment) {
    this.experiment = experiment;
    this.chart = new Chart('accuracy-by-class', c => this.option(c), { className: '.tall', label: 'Accuracy by class', table: () => this.table() });
  }

  update(data) {
    this.data = data;
    this.chart.draw();
  }

  table() {
    const { classes, testAccuracy, trials } = this.data;
    return {
      columns: ['class', 'included', 'left_out', 'test', 'examples', 'trials'],
      rows: classes.map((k, at) => [className(this.experiment, k.label), k.includedAccuracy, k.meanConsistencyScore, testAccuracy[at], k.defined, trials]),
    };
  }

  option(c) {
    if (!this.data) return null;
    const { classes, testAccuracy, trials } = this.data;
    const dots = (name, color, symbol, value) => ({ name, type: 'scatter', color, symbol, symbolSize: 10, data: classes.map((k, at) => [value(k, at), at]).filter(d => d[0] !== null) });
    return {
      ...base(c),
      grid: { left: 86, right: 18, top: 30, bottom: 44 },
      legend: { top: 0, itemWidth: 12, itemHeight: 9, textStyle: { color: c.soft, fontSize: 11 } },
      xAxis: { type: 'value', max: 1, min: x => Math.max(0, Math.floor((x.min - 0.02) * 20) / 20), ...axis(c, 'accuracy'), axisLabel: { color: c.soft, fontSize: 11, formatter: x => percent(x) } },
      yAxis: { type: 'category', inverse: true, data: classes.map(k => className(this.experiment, k.label)), ...axis(c, 'class', { nameGap: 66 }) },
      tooltip: {
        ...base(c).tooltip,
        formatter: p => {
          const k = classes[p.value[1]];
          return tip(className(this.experiment, k.label), `when included ${percent(k.includedAccuracy, 1)}`, `when left out ${percent(k.meanConsistencyScore, 1)}`, `test ${percent(testAccuracy[p.value[1]], 1)}`, `means over ${count(k.defined)} examples ${trialsText(trials)}`);
        },
      },
      series: [
        dots('included', c.blue, 'circle', k => k.includedAccuracy), dots('left out (C-score)', c.orange, 'diamond', k => k.meanConsistencyScore), dots('test', c.violet, 'triangle', (k, at) => testAccuracy[at]),
      ],
    };
  }
}
