// @ts-check

/**
 * The switch of the settings page, without leaving the page. The server renders every state; this sends the change and
 * takes the parts of the page that it touches from the page as it is then.
 */

const ENDPOINT = '/api/config/me/org-settings';
const SLOW_AFTER_MS = 3_000;
const TIMEOUT_MS = 20_000;
/** A second press so soon after the first is the other half of a double click, also when the first was saved meanwhile. */
const DOUBLE_CLICK_MS = 600;

const message = document.querySelector('[data-message]');
let saving = false;
let pressedAtMs = -DOUBLE_CLICK_MS;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches('[data-switch]')) return;
  event.preventDefault();
  const isOtherHalf = event.timeStamp - pressedAtMs < DOUBLE_CLICK_MS;
  pressedAtMs = event.timeStamp;
  if (!saving && !isOtherHalf) void save(form);
});

// The page of the past says what held in the past.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

/** @param {HTMLFormElement} form */
async function save(form) {
  const button = form.querySelector('button');
  if (button === null) return;

  saving = true;
  button.setAttribute('aria-busy', 'true');
  say('Saving…');
  const slow = setTimeout(() => say('Still saving: the answer takes long.'), SLOW_AFTER_MS);
  const wanted = button.value === 'true';
  try {
    const answer = await sendChange(form, wanted);
    await refresh();
    clearTimeout(slow);
    tellOutcome(answer, wanted);
  } finally {
    clearTimeout(slow);
    saving = false;
    button.removeAttribute('aria-busy');
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} wanted
 * @returns {Promise<{ status: number, detail: string } | undefined>} undefined without an answer
 */
async function sendChange(form, wanted) {
  const fields = new FormData(form);
  const etag = fields.get('etag');
  try {
    const response = await fetch(ENDPOINT, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        'x-csrf-token': String(fields.get('csrf')),
        ...(etag === null ? {} : { 'if-match': String(etag) }),
      },
      body: JSON.stringify({ telemetry_enabled: wanted }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { detail } = await response.json().catch(() => ({}));
    return { status: response.status, detail: typeof detail === 'string' ? detail : '' };
  } catch {
    return undefined;
  }
}

/** Show what holds now, or that it is not known. */
async function refresh() {
  try {
    const response = await fetch('/settings', {
      headers: { accept: 'text/html' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (fresh.querySelector('[data-part=state]') === null) {
      // Signed out meanwhile, or something else than our page.
      location.assign('/settings');
      return;
    }
    replaceParts(fresh);
  } catch {
    showUnknown();
  }
}

/** @param {Document} fresh */
function replaceParts(fresh) {
  for (const part of document.querySelectorAll('[data-part]')) {
    const replacement = fresh.querySelector(`[data-part=${part.getAttribute('data-part')}]`);
    if (replacement !== null) replaceKeepingFocus(part, document.importNode(replacement, true));
  }
}

function showUnknown() {
  const state = document.querySelector('[data-part=state]');
  const template = document.querySelector('template[data-unknown]');
  if (state === null || !(template instanceof HTMLTemplateElement)) return;
  const unknown = state.cloneNode(false);
  unknown.appendChild(template.content.cloneNode(true));
  replaceKeepingFocus(state, /** @type {Element} */ (unknown));
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function replaceKeepingFocus(old, fresh) {
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(fresh);
  // A switch that is not there any more leaves its place to the sentence that says why.
  const target = fresh.querySelector('button, a') ?? fresh.querySelector('[tabindex="-1"]');
  if (hadFocus && target instanceof HTMLElement) target.focus();
}

/**
 * @param {{ status: number, detail: string } | undefined} answer
 * @param {boolean} wanted
 */
function tellOutcome(answer, wanted) {
  const state = document.querySelector('[data-part=state] [data-state]');
  const holds = state?.getAttribute('data-state');
  const rest = holds === 'unknown' ? 'It is not known what holds.' : 'This is what holds now.';
  const status = answer?.status ?? 0;
  if (holds === 'stopped')
    return say('The operator has stopped telemetry meanwhile. Your change was not made.', 'problem');
  if (status === 412) {
    const by = state?.getAttribute('data-by') || 'Somebody else';
    return say(`${by} has changed it meanwhile. ${rest} Your change was not made.`, 'problem');
  }
  if (status >= 400 && status < 500) return say(`Nothing was changed. ${answer?.detail ?? ''}`, 'problem');
  if (holds === (wanted ? 'on' : 'off')) return say(`Saved: telemetry is ${holds}.`);
  if (status === 200) return say(`The change was taken. ${rest}`, 'problem');
  return say(`The change could not be saved. ${rest} Try again in a moment.`, 'problem');
}

/**
 * @param {string} text
 * @param {'' | 'problem'} [kind]
 */
function say(text, kind = '') {
  if (message === null) return;
  message.textContent = text;
  message.className = `message ${kind}`.trim();
}
