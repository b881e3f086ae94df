import { askLocalApi } from './ask-local-api.js';
import type { PersonOptions } from './options.js';
import { FlagsAnswer, ProblemAnswer } from './schemas.js';
import type { SwitchName } from './switch-states.js';

/** What came of a change. */
export type Saved =
  | { readonly status: 'saved' }
  /** The token is not the one of this machine any more. */
  | { readonly status: 'refused' }
  /** In words for the person. What holds is for the page to show. */
  | { readonly status: 'failed'; readonly text: string };

const FIELDS = {
  telemetry: 'telemetry_opt_in',
  dry_run: 'dry_run',
  crash: 'crash_opt_in',
  diagnostics: 'diagnostics_opt_in',
} as const satisfies Record<SwitchName, string>;

const FLAGS = { telemetry: 'enable_observability', crash: 'enable_crash_uploader' } as const;

const FAILED = 'The change could not be saved. What you see below is what holds now; try again in a moment.';

/**
 * Keep what the person has decided; where the app stands under flags, the flag that belongs to it moves too. A no is kept first, so
 * that it holds whatever fails after it. Never throws.
 */
export async function saveSwitch(
  options: PersonOptions,
  token: string,
  name: SwitchName,
  enabled: boolean,
): Promise<Saved> {
  const answer = () => change(options, token, '/settings', 'POST', { [FIELDS[name]]: enabled });
  const flag = () => saveFlag(options, token, name, enabled);
  const [first, second] = enabled ? [flag, answer] : [answer, flag];
  const saved = await first();
  return saved.status === 'saved' ? second() : saved;
}

/** Keep what the person has said to what is collected besides, as they saw it. Never throws. */
export function saveAnswerToChanges(
  options: PersonOptions,
  token: string,
  version: string,
  isAccepted: boolean,
): Promise<Saved> {
  const member = isAccepted ? 'accept_catalogue' : 'decline_catalogue';
  return change(options, token, '/settings', 'POST', { [member]: version });
}

/** Flags that are as wished are left alone, and so is the file of an app that has none. */
async function saveFlag(
  options: PersonOptions,
  token: string,
  name: SwitchName,
  enabled: boolean,
): Promise<Saved> {
  if (name !== 'telemetry' && name !== 'crash') return { status: 'saved' };
  try {
    const response = await askLocalApi(options, token, '/flags');
    const { flags } = FlagsAnswer.parse(await response.json());
    if (flags === null) return { status: 'saved' };
  } catch {
    return { status: 'failed', text: FAILED };
  }
  return change(options, token, '/flags', 'PATCH', { [FLAGS[name]]: enabled });
}

async function change(
  options: PersonOptions,
  token: string,
  path: string,
  method: 'POST' | 'PATCH',
  body: object,
): Promise<Saved> {
  try {
    const response = await askLocalApi(options, token, path, { method, body });
    if (response.ok) return { status: 'saved' };
    if (response.status === 401) return { status: 'refused' };
    const problem = ProblemAnswer.safeParse(await response.json());
    return { status: 'failed', text: problem.success ? problem.data.detail : FAILED };
  } catch {
    return { status: 'failed', text: FAILED };
  }
}
