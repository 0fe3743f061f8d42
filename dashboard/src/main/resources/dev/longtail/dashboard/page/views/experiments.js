import { fill, h, refill } from '../dom.js';
import { age, count, fixed, short } from '../format.js';

/** The list of experiments with their state. */
export function experimentsView(root) {
  const list = h('div.card.span-12');
  fill(root, h('div.grid', {}, list));
  return {
    title: 'Experiments',
    update(state) {
      if (!state.experiments.length) {
        refill(list, h('div.state', {}, h('h2', {}, 'No experiment yet'),
          h('p', {}, state.kafkaConnected ? 'Kafka answers and holds no experiment. Trainers and importers create one; it appears here by itself.' : 'Kafka does not answer.')));
        return;
      }
      refill(list, h('div.card-head', {}, h('h2', {}, 'Experiments'), state.experiments.length > 1 ? h('span.actions', {}, h('a.button', { href: '/compare', 'data-nav': true }, 'compare two →')) : null), h('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Experiments' }, h('table.list', {},
        h('thead', {}, h('tr', {}, ['name', 'state', 'trials', 'per hour', 'mean standard error', 'memorized', 'high-influence pairs', 'rejected', 'figures'].map((name, k) => h('th', { class: k > 1 ? 'number' : null }, name)))),
        h('tbody', {}, state.experiments.map(row)))));
    },
    close() {},
  };
}

function row(s) {
  const c = s.convergence;
  return h('tr', {},
    h('td', {}, h('a', { href: `/e/${encodeURIComponent(s.output)}`, 'data-nav': true }, s.output), s.output === s.experiment ? null : h('span.quiet.small', {}, ` replay of ${s.experiment}`)),
    h('td', {}, h(`span.phase.${s.phase}`, { title: s.why }, s.phase)),
    h('td.number', {}, count(s.trials)),
    h('td.number', {}, s.trialsPerHour === null ? '–' : short(Math.round(s.trialsPerHour))),
    h('td.number', {}, fixed(c?.meanStandardError, 4)),
    h('td.number', {}, count(c?.memorized)),
    h('td.number', {}, count(c?.highInfluencePairs)),
    h('td.number', {}, count(s.rejected)),
    h('td.number', {}, s.estimatesAt === null ? '–' : `${age(s.serverTime - s.estimatesAt)} old`));
}
