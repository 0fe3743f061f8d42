import { getJson, path, query } from '../api.js';
import { fill, h, refill } from '../dom.js';
import { count, expected, fixed, percent, trialsNote, trialsText } from '../format.js';
import { StandardErrorChart } from '../parts/convergence.js';
import { gallery } from '../parts/gallery.js';
import { MemorizationHistogram } from '../parts/histogram.js';
import { pairList } from '../parts/pairs.js';

const GALLERY = 24;
const PAIRS = 12;

/** The first page: how good the estimates are, and what they show. */
export function overviewView(root, experiment) {
  const to = view => `/e/${encodeURIComponent(experiment.output)}/${view}`;
  const headlines = h('div.headlines', {}, h('p.quiet', {}, 'Loading …'));
  const histogram = new MemorizationHistogram(experiment, { threshold: experiment.memorizationThreshold });
  const errors = new StandardErrorChart({ className: '.with-specimens' });
  const histogramTrials = h('span');
  const errorTrials = h('span');
  const memorized = h('div.card.span-12');
  const pairs = h('div.card.span-12');
  fill(root, headlines, h('div.grid', {},
    h('section.card.span-7', {},
      h('div.card-head', {}, h('h2', {}, 'Memorization'), histogramTrials,
        h('span.actions', {}, histogram.scale, histogram.chart.buttons(), h('a.button', { href: to('memorization'), 'data-nav': true }, 'explore →'))),
      histogram.element),
    h('section.card.span-5', {},
      h('div.card-head', {}, h('h2', {}, 'Standard error'), errorTrials, h('span.actions', {}, errors.chart.buttons(), h('a.button', { href: to('convergence'), 'data-nav': true }, 'explore →'))),
      errors.element),
    memorized, pairs));

  return {
    title: experiment.output,
    status(status) {
      refill(headlines, headlineCards(experiment, status));
    },
    async refresh(signal) {
      const load = url => getJson(url, signal);
      const [counts, series, top, high] = await Promise.all([
        load(path(experiment.output, '/memorization/histogram?bins=80')),
        load(path(experiment.output, '/convergence')),
        load(query(path(experiment.output, '/memorization'), { limit: GALLERY })),
        load(query(path(experiment.output, '/pairs'), { limit: PAIRS })),
      ]);
      histogram.update(counts);
      errors.update(series.points);
      refill(histogramTrials, trialsNote(counts.trials));
      refill(errorTrials, series.points.length ? h('span.figure-trials', {}, trialsText(series.points.at(-1).trials)) : null);
      refill(memorized, h('div.card-head', {}, h('h2', {}, 'Most memorized'), trialsNote(top.trials),
        h('span.quiet.small', {}, 'right when trained on, wrong when left out')), top.rows.length ? gallery(experiment, top.rows, '.two-rows') : nothing('No example has trials on both sides yet.'));
      refill(pairs, h('div.card-head', {}, h('h2', {}, 'High-influence pairs'),
        trialsNote(high.trials),
        h('span.quiet.small', {}, `${count(high.published)} pairs; the training example on the left helps the test example on the right`),
        h('span.actions', {}, h('a.button', { href: to('influence'), 'data-nav': true }, 'explore →'))),
      high.rows.length ? pairList(experiment, high.rows) : nothing(experiment.scope === 'NONE' ? 'This job counts no pairs (scope none).' : 'No pair is over both thresholds.'));
    },
    close() {
      histogram.close();
      errors.close();
    },
  };
}

const nothing = text => h('p.quiet', {}, text);

function headlineCards(experiment, status) {
  const c = status.convergence;
  if (!c) return h('p.quiet', {}, 'No figures yet.');
  const from = `from ${count(c.trials)} trials`;
  return [
    headline('Mean standard error', fixed(c.meanStandardError, 4), null,
      c.lemmaStandardError === null ? 'no bound for this sampler' : `worst case by Lemma 2.1: ${fixed(c.lemmaStandardError, 4)}`, from),
    headline(`Memorized, ≥ ${c.memorizationThreshold}`, count(c.memorized), ` of ${count(c.examplesDefined)}`,
      c.decidedShare === null ? experiment.whyNoGuarantee ? `decided: ${experiment.whyNoGuarantee}` : '' : `${percent(c.decidedShare)} of examples decided at ${percent(1 - c.alpha)}`, from),
    headline('High-influence pairs', count(c.highInfluencePairs), null,
      c.expectedFalsePairs === null ? '' : `${expected(c.expectedFalsePairs)} expected by chance alone`, from),
    headline('Confirmed pairs', count(c.confirmedPairs), null, c.confirmedPairs === null ? experiment.whyNoGuarantee ?? 'not known yet' : `false discoveries ≤ ${percent(c.alpha)} at all times`, from),
    headline('Reliability', fixed(c.splitHalfReliability, 3), ' split halves',
      c.rankCorrelation === null ? 'no refresh before this one to compare ranks with' : `rank correlation with the refresh before: ${fixed(c.rankCorrelation, 3)}`, from),
    headline('Accuracy', percent(c.testAccuracy, 1), ' on test', `included ${percent(c.includedAccuracy, 1)}, left out ${percent(c.heldOutAccuracy, 1)}`, from),
  ];
}

function headline(what, howMuch, of, note, from) {
  return h('div.headline', { title: from }, h('div.what', {}, what),
    h('div.how-much', {}, howMuch, of ? h('span.of', {}, of) : null), h('div.note', {}, note), h('div.note.figure-trials', {}, from));
}
