// The truth strip: what is running and how far the figures can be trusted.
import { h, refill } from '../dom.js';
import { age, clock, count, short } from '../format.js';

const words = { live: 'live', loading: 'loading', empty: 'empty', stale: 'stale', ended: 'ended', disconnected: 'disconnected' };

/** Which figures were shown last, and how many times they were newer. */
let shown = null;
let beats = 0;

/**
 * @param {Element} strip
 * @param {object|null} status newest state heard, if any
 * @param {{connected: boolean, why: string, heardAt: number}} connection
 */
export function drawStrip(strip, status, connection) {
  const phase = connection.connected ? status?.phase ?? 'loading' : 'disconnected';
  document.body.classList.toggle('stale', phase === 'stale' || phase === 'disconnected');
  document.body.classList.toggle('converged-only', Boolean(status?.convergedOnly));
  if (status && status.version !== shown) {
    shown = status.version;
    beats++;
  }
  const pill = h(`span.phase.${phase}.${beats % 2 ? 'beat-odd' : 'beat-even'}`, { id: 'phase' }, words[phase]);
  if (!status) {
    refill(strip, pill, h('span.why', {}, connection.connected ? 'connecting …' : connection.why));
    return;
  }
  // Ages by the server's clock, plus what has passed here since.
  const now = status.serverTime + (performance.now() - connection.heardAt);
  const why = connection.connected ? status.why : `${connection.why}; trying again. Figures are from ${clock(status.serverTime)}`;
  refill(strip,
    pill,
    fact('trials counted', h('span', {}, count(status.trials), status.received === null ? '' : h('span.what', {}, ` / ${count(status.received)} received`)), 'trials'),
    fact('per hour', status.trialsPerHour === null ? '–' : short(Math.round(status.trialsPerHour))),
    fact('rejected', count(status.rejected), 'rejected', status.rejected > 0),
    fact('duplicate', count(status.duplicates)),
    status.conflicts > 0 ? fact('conflicting', count(status.conflicts), 'conflicts', true) : null,
    status.notConverged > 0 ? fact('not converged', count(status.notConverged)) : null,
    status.convergedOnly ? fact('all figures from', h('span', { title: 'Trials that did not converge are left out because of their outcome: this estimates something else than all trials would' }, 'converged trials only'), 'converged-only', true) : null,
    status.unreadable > 0 ? fact('unreadable', count(status.unreadable), 'unreadable', true) : null,
    fact('lag', status.lag === null ? '–' : h('span', { title: 'records of the trial topic that the newest figures do not account for' }, `${count(status.lag)} `, h('span.what', {}, status.lag === 1 ? 'record' : 'records')), 'lag'),
    fact('checkpoint', status.lastCheckpointAt === null ? '–' : `${age(now - status.lastCheckpointAt)} ago`),
    fact('job', status.jobState.toLowerCase(), 'job', !['RUNNING', 'UNKNOWN', 'FINISHED'].includes(status.jobState)),
    fact('figures and lag', status.estimatesAt === null ? '–' : h('span', { title: 'since the newest refresh' }, `${age(now - status.estimatesAt)} old`)),
    phase === 'live' && status.why === 'the job runs' ? null : h('span.why', {}, why));
}

function fact(what, howMany, id = null, alert = false) {
  return h(`span.fact${alert ? '.alert' : ''}`, { 'data-fact': id }, h('span.what', {}, what), h('span.how-many', {}, howMany));
}
