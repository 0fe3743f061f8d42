import { h } from '../dom.js';
import { className, count, estimate, fixed, labelText } from '../format.js';
import { examplePath, picture } from './picture.js';

/** Train/test pairs with both pictures. */
export function pairList(experiment, rows) {
  return h('ul.pairs', {}, rows.map(row => h('li.pair', { title: sentence(row) },
    side(experiment, 'train', row.train),
    h('span.arrow', { 'aria-hidden': 'true' }, '→'),
    side(experiment, 'test', row.test),
    h('span.facts', {},
      estimate(row.value, row.standardError, 2, row),
      h('span.what', {}, h('br'), classes(experiment, row), h('br'), `mem ${fixed(row.memorization)}`),
      row.confirmed ? [h('br'), h('span.mark.confirmed', {}, '✓ confirmed')] : null))));
}

function side(experiment, split, index) {
  return h('a', { href: examplePath(experiment.output, split, index), 'data-nav': true, 'aria-label': `${split} example ${index}` },
    picture(experiment.output, split, index, experiment.hasPictures));
}

const sentence = row => `Test ${row.test} is right in ${count(row.inCorrect)} of ${count(row.in)} trials with train ${row.train}, `
  + `in ${count(row.outCorrect)} of ${count(row.out)} without; from ${count(row.trials)} trials`;

function classes(experiment, row) {
  const train = className(experiment, row.trainLabel);
  const test = className(experiment, row.testLabel);
  return train === test ? labelText(experiment, row.trainLabel) : `${train} → ${test}`;
}
