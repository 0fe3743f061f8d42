import { h } from '../dom.js';
import { count, estimate, labelText, percent } from '../format.js';
import { examplePath, picture } from './picture.js';

/** Training examples with picture, label, value and error, accuracy with and without. */
export function gallery(experiment, rows, classes = '') {
  return h(`ul.gallery${classes}`, {}, rows.map(row => h('li', {}, specimen(experiment, row))));
}

function specimen(experiment, row) {
  const label = labelText(experiment, row.label);
  return h('a.specimen', {
    href: examplePath(experiment.output, 'train', row.index), 'data-nav': true,
    title: `train ${row.index}${row.name ? ` (${row.name})` : ''}: right in ${count(row.inCorrect)} of ${count(row.in)} trials with it, `
      + `${count(row.outCorrect)} of ${count(row.out)} without`,
  },
  picture(experiment.output, 'train', row.index, experiment.hasPictures),
  h('span.caption', {}, h('span.label', {}, label), h('span.index', {}, `#${row.index}`)),
  estimate(row.value, row.standardError, 2, row),
  h('span.accuracy', {}, h('br'), `in ${rate(row.inCorrect, row.in)} · out ${rate(row.outCorrect, row.out)}`));
}

const rate = (right, all) => (all === 0 ? '–' : percent(right / all));
