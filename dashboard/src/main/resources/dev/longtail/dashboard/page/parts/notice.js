// Where there are no figures at all: why, and what would bring some, instead of empty plots.
import { h, refill } from '../dom.js';

/**
 * @param {Element} notice stands in the view's place while it has content
 * @param {object|null} status newest state heard, if any
 */
export function drawNotice(notice, status) {
  const nothing = status !== null && !status.trials && (status.phase === 'empty' || status.phase === 'loading');
  document.body.classList.toggle('nothing', nothing);
  notice.hidden = !nothing;
  refill(notice, nothing ? words(status) : null);
}

function words({ phase, experiment, output, jobId, received }) {
  if (phase === 'loading') return [h('h2', {}, 'Loading'), h('p', {}, 'Reading what the job has published so far.')];
  if (jobId === null) {
    return [h('h2', {}, 'Nothing is counted yet'), h('p', {}, `No job counts ${output === experiment ? 'this experiment' : output}. One is started by`),
      h('pre', {}, `longtail job --experiment ${experiment}${output === experiment ? '' : ` --output ${output}`}`)];
  }
  return [h('h2', {}, 'Waiting for the first trials'),
    h('p', {}, received ? 'Trials have arrived and are counted at the next refresh.' : 'The job runs. Figures appear here by themselves when trainers publish, or trials are imported:'),
    received ? null : h('pre', {}, `longtail train --experiment ${experiment} --data DIR`)];
}
