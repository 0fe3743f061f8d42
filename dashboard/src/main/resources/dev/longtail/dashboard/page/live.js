// The stream of states, one per interval. Reconnects by itself; says so while it cannot.

const QUIET_MILLIS = 6000;
const LONGEST_PAUSE = 8000;

/**
 * Follows a channel.
 *
 * @param {string|null} output an experiment's output, or null for the list of all
 * @param {{state: function(object), gone: function(), connection: function(boolean, string)}} on
 * @returns {function()} ends it
 */
export function follow(output, on) {
  let source = null;
  let timer = null;
  let silence = null;
  let pause = 500;
  let ended = false;

  function connect() {
    clearTimeout(timer);
    if (ended || document.hidden) return;
    source = new EventSource(output === null ? '/api/events' : `/api/events?output=${encodeURIComponent(output)}`);
    source.addEventListener('state', event => {
      pause = 500;
      heard();
      on.connection(true, '');
      on.state(JSON.parse(event.data));
    });
    source.addEventListener('gone', () => {
      heard();
      on.connection(true, '');
      on.gone();
    });
    source.addEventListener('full', () => again('the server has as many viewers as it takes'));
    source.onerror = () => again('the dashboard does not answer');
    heard();
  }

  function heard() {
    clearTimeout(silence);
    silence = setTimeout(() => again('nothing heard from the dashboard'), QUIET_MILLIS);
  }

  function again(why) {
    close();
    if (ended) return;
    on.connection(false, why);
    timer = setTimeout(connect, pause);
    pause = Math.min(LONGEST_PAUSE, pause * 1.7);
  }

  function close() {
    clearTimeout(silence);
    if (source) source.close();
    source = null;
  }

  // A hidden page gives its connection back: browsers allow only six per server.
  function visibility() {
    if (document.hidden) close();
    else if (!source) connect();
  }

  document.addEventListener('visibilitychange', visibility);
  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    close();
    document.removeEventListener('visibilitychange', visibility);
  };
}
