// @ts-check
import { canDraw, createChart, sizeOf, toDay } from './charts.js';

/**
 * The page of the person, kept up to date without leaving it. The server renders everything; this sends switches, listens
 * to what happens, and takes the parts of the page from the page as it is then.
 */

const TIMEOUT_MS = 20_000;
const SLOW_AFTER_MS = 3_000;
/** Many events at once are one look. */
const REFRESH_EVERY_MS = 1_000;
const ANNOUNCE_EVERY_MS = 5_000;
const TRY_AGAIN_AFTER_MS = 10_000;
/** A stream says every 15 seconds that it is alive. */
const SILENT_MS = 40_000;
const LOOK_FOR_SILENCE_MS = 5_000;
/** A second press so soon after the first is the other half of a double click, also when the first was saved meanwhile. */
const DOUBLE_CLICK_MS = 600;

document.documentElement.classList.add('has-script');

const message = document.querySelector('[data-message]');
const arrivals = document.querySelector('[data-arrivals]');
const live = document.querySelector('[data-live]');
const pause = document.querySelector('[data-pause]');

/* Switches */

let saving = 0;
/** By the switch. @type {Map<string, number>} */
const pressedAtMs = new Map();

// Before the box changes, so that it goes on to show what holds.
document.addEventListener(
  'click',
  (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.form?.matches('[data-switch]')) return;
    const isOtherHalf = event.timeStamp - (pressedAtMs.get(box.id) ?? -DOUBLE_CLICK_MS) < DOUBLE_CLICK_MS;
    pressedAtMs.set(box.id, event.timeStamp);
    if (isOtherHalf) event.preventDefault();
  },
  true,
);

document.addEventListener('change', ({ target }) => {
  const form = target instanceof HTMLInputElement ? target.form : null;
  if (form?.matches('[data-switch]')) form.requestSubmit();
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches('[data-switch]')) return;
  event.preventDefault();
  if (form.getAttribute('aria-busy') !== 'true') void save(form);
});

// The page of the past says what held in the past.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

/** @param {HTMLFormElement} form */
async function save(form) {
  const box = form.querySelector('input[type=checkbox]');
  if (!(box instanceof HTMLInputElement)) return;
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  const wasDisabled = box.disabled;
  saving += 1;
  form.setAttribute('aria-busy', 'true');
  box.disabled = true;
  say('Saving…');
  const slow = setTimeout(() => say('Still saving: the answer takes long.'), SLOW_AFTER_MS);
  const restore = () => {
    form.reset();
    box.disabled = wasDisabled;
  };
  const hadFocus = document.activeElement === document.body || form.contains(document.activeElement);
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (fresh.querySelector('[data-part=state]') === null) return leaveFor(response);
    clearTimeout(slow);
    // As the server has said last: where that is what it says now, nothing is replaced.
    restore();
    replaceParts(fresh);
    const problem = fresh.querySelector('[data-message]')?.textContent ?? '';
    const title = fresh.querySelector('#state-title')?.textContent ?? '';
    if (response.ok) say(`Saved. ${title}.`);
    else say(problem === '' ? 'The change was not saved.' : problem, 'problem');
  } catch {
    clearTimeout(slow);
    restore();
    say('No answer came: it is not known whether the change was saved.', 'problem');
    plan();
  } finally {
    form.removeAttribute('aria-busy');
    saving -= 1;
    if (hadFocus) document.getElementById(box.id)?.focus();
  }
}

/**
 * Signed out meanwhile, or something else than our page.
 *
 * @param {Response} response
 */
function leaveFor(response) {
  if (response.ok || response.status === 401) location.assign('./');
  else throw new Error(`Status ${response.status}`);
}

/**
 * @param {string} text
 * @param {'problem'} [kind]
 */
function say(text, kind) {
  if (message === null) return;
  message.className = kind === undefined ? 'message' : `message ${kind}`;
  message.textContent = text;
}

/* What happens */

const LOST = 'Not live: trying again…';
const MESSAGES = ['alive', 'consent', 'recorded', 'sent', 'dropped', 'missed'];

/** @type {EventSource | undefined} */
let stream;
let isPaused = false;
let lastSeenId = '';
let arrived = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let planned;
let refreshedAtMs = 0;
let heardAtMs = 0;

pause?.addEventListener('click', () => {
  isPaused = !isPaused;
  pause.setAttribute('aria-pressed', String(isPaused));
  pause.textContent = isPaused ? 'Go on' : 'Pause';
  if (isPaused) close('paused', 'Paused');
  else open();
});

// A browser keeps few connections open, and nobody looks at a page that is hidden.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) close('paused', 'Paused');
  else if (!isPaused) open();
});

function open() {
  if (stream !== undefined) return;
  tellLive('starting', 'Connecting…');
  const opened = new EventSource('stream');
  stream = opened;
  heardAtMs = performance.now();
  for (const name of MESSAGES) opened.addEventListener(name, () => (heardAtMs = performance.now()));
  opened.addEventListener('consent', () => {
    tellLive('live', 'Live');
    plan();
  });
  opened.addEventListener('recorded', ({ lastEventId }) => {
    if (lastEventId !== lastSeenId) arrived += 1;
    lastSeenId = lastEventId;
    plan();
  });
  for (const name of ['sent', 'dropped', 'missed']) opened.addEventListener(name, plan);
  opened.addEventListener('error', () => {
    if (stream !== opened) return;
    tellLive('lost', LOST);
    // Whether the rest of the page still holds is not known either.
    plan();
    if (opened.readyState === EventSource.CLOSED) giveUp();
  });
}

/** Close the stream, and try again in a while. */
function giveUp() {
  close('lost', LOST);
  setTimeout(() => {
    if (!isPaused && !document.hidden) open();
  }, TRY_AGAIN_AFTER_MS);
}

// A server that hangs breaks no connection off.
setInterval(() => {
  if (stream === undefined || performance.now() - heardAtMs < SILENT_MS) return;
  giveUp();
  plan();
}, LOOK_FOR_SILENCE_MS);

/**
 * @param {string} state
 * @param {string} text
 */
function close(state, text) {
  stream?.close();
  stream = undefined;
  tellLive(state, text);
}

/**
 * @param {string} state
 * @param {string} text
 */
function tellLive(state, text) {
  if (live === null) return;
  live.setAttribute('data-live', state);
  if (live.textContent !== text) live.textContent = text;
}

/** Look once, soon: never more often than once a second. */
function plan() {
  if (planned !== undefined) return;
  const restMs = refreshedAtMs + REFRESH_EVERY_MS - performance.now();
  planned = setTimeout(() => void refresh(), Math.max(0, restMs));
}

async function refresh() {
  refreshedAtMs = performance.now();
  try {
    const response = await fetch('./', {
      headers: { accept: 'text/html' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (fresh.querySelector('[data-part=state]') === null) location.assign('./');
    // A switch that is being saved shows its own outcome.
    else if (saving === 0) replaceParts(fresh);
  } catch {
    showUnknown();
  } finally {
    planned = undefined;
    refreshedAtMs = performance.now();
  }
}

/** What the page says of the state is not known any more. */
function showUnknown() {
  const state = document.querySelector('[data-part=state]');
  const template = document.querySelector('template[data-unknown]');
  if (state === null || !(template instanceof HTMLTemplateElement)) return;
  const switches = document.querySelector('[data-part=switches]');
  state.replaceChildren(template.content.cloneNode(true));
  switches?.replaceChildren();
  for (const part of [state, switches]) if (part !== null) sources.delete(part);
}

// Not at each event: a reader of the screen would never come to an end.
setInterval(() => {
  if (arrived === 0 || arrivals === null) return;
  arrivals.textContent = arrived === 1 ? '1 new event.' : `${arrived} new events.`;
  arrived = 0;
}, ANNOUNCE_EVERY_MS);

/* Parts of the page */

/** @param {Document} fresh */
function replaceParts(fresh) {
  for (const part of document.querySelectorAll('[data-part]')) {
    const name = part.getAttribute('data-part');
    const replacement = fresh.querySelector(`[data-part=${name}]`);
    if (replacement === null) continue;
    if (name === 'activity') mergeEvents(part, document.importNode(replacement, true));
    else if (!isSame(part, replacement)) replaceKeepingFocus(part, document.importNode(replacement, true));
  }
  drawChart();
}

/**
 * What was said to be equal is left alone, with what is open in it.
 *
 * @param {Element} old
 * @param {Element} fresh
 */
function isSame(old, fresh) {
  const isSaid = sources.get(old) === fresh.innerHTML;
  return isSaid || old.innerHTML === fresh.innerHTML;
}

/** What the server said of a part, before anything was drawn or opened in it. @type {WeakMap<Element, string>} */
const sources = new WeakMap();

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const open = [...old.querySelectorAll('details')].map((details) => details.open);
  sources.set(fresh, fresh.innerHTML);
  old.replaceWith(fresh);
  fresh.querySelectorAll('details').forEach((details, at) => {
    details.open = open[at] ?? false;
  });
  if (focused === null) return;
  const target = focused.id
    ? fresh.querySelector(`#${focused.id}`)
    : fresh.querySelector('summary, button, a');
  if (target instanceof HTMLElement) target.focus();
}

/**
 * Events that are there already stay as they are, open or closed; those that are too old go.
 *
 * @param {Element} old
 * @param {Element} fresh
 */
function mergeEvents(old, fresh) {
  const list = old.querySelector('ul');
  const freshList = fresh.querySelector('ul');
  if (list === null || freshList === null) {
    if (old.innerHTML !== fresh.innerHTML) old.replaceWith(fresh);
    return;
  }
  const known = new Map([...list.children].map((item) => [item.getAttribute('data-uuid'), item]));
  const items = [...freshList.children].map((item) => {
    const before = known.get(item.getAttribute('data-uuid'));
    if (before === undefined) item.classList.add('is-new');
    if (before?.getAttribute('data-state') === item.getAttribute('data-state')) return before;
    const details = item.querySelector('details');
    if (details !== null) details.open = before?.querySelector('details')?.open ?? false;
    return item;
  });
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const uuid = focused?.closest('li')?.getAttribute('data-uuid');
  if (items.length === list.children.length && items.every((item, at) => item === list.children[at])) return;
  list.replaceChildren(...items);
  const target = uuid ? list.querySelector(`[data-uuid="${CSS.escape(uuid)}"] summary`) : null;
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

/* The chart */

/** @type {any} */
let chart;
/** @type {Element | null} */
let chartPlace = null;

/** Draw what stands in the table, anew where the place or the numbers are others. */
function drawChart() {
  const place = document.querySelector('[data-chart]');
  if (place === null || !canDraw()) return;
  const rows = [...document.querySelectorAll('[data-day]')].reverse();
  const numbers = (/** @type {string} */ name) => rows.map((row) => Number(row.getAttribute(name)));
  const days = rows.map(toDay);
  const data = [days, numbers('data-recorded'), numbers('data-sent')];
  if (chart !== undefined && place === chartPlace) {
    chart.setData(data);
    return;
  }
  chart?.destroy();
  chartPlace = place;
  chart = createChart(place, data, {
    series: [
      { colour: '--chart-recorded', isBar: true },
      { colour: '--chart-sent', isBar: true },
    ],
    toTop: (largest) => Math.max(4, largest * 1.1),
  });
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  chartPlace = null;
  drawChart();
});

window.addEventListener('resize', () => {
  if (chartPlace !== null) chart?.setSize(sizeOf(chartPlace));
});

for (const part of document.querySelectorAll('[data-part]')) sources.set(part, part.innerHTML);
drawChart();
if (!document.hidden) open();
