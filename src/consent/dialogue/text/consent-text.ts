import { type Catalogue, withoutExpired } from '../../../events/index.js';
import type { ConsentBasis } from '../../../settings/index.js';
import { collectedItems } from './collected.js';
import { detailSections } from './details.js';
import { neverItems } from './never.js';
import { toPlainText } from './plain-text.js';

/** What the texts are made of. Nothing in it is about the person. */
export interface ConsentTextInput {
  /** The program as the person knows it. Shown without control characters, and at most 60 characters of it. */
  readonly app: string;
  readonly catalogue: Catalogue;
  /** `opt-out` gives a notice, the others a question. */
  readonly basis: ConsentBasis;
  /** The app's own variable that turns telemetry off, such as `ACME_DISABLE_TELEMETRY`. */
  readonly disableVariable: string;
  /** What the person types to see and change telemetry, such as `acme telemetry`; undefined when the app has no such command. */
  readonly command: string | undefined;
  /** Where the maker explains their telemetry. */
  readonly privacyUrl: string | undefined;
  /** The address that events are sent to. */
  readonly host: string;
  /** What the ids on events stand for. */
  readonly distinctId: 'session' | 'installation';
  /** Where the person can read what was recorded, home as `~`; undefined when nothing can be kept. */
  readonly directory: string | undefined;
  readonly retentionDays: number;
  /** Whether the program may also send events, or details of a session, that no class declares. True when in doubt. */
  readonly untyped: boolean;
  /** The time at which it is said: what has expired by then is not collected. */
  readonly nowMs: number;
}

export interface TextSection {
  readonly title: string;
  readonly items: readonly string[];
}

/** The words of the question or notice, before they are laid out. */
export interface ConsentText {
  readonly heading: string;
  readonly intro: string;
  readonly sections: readonly TextSection[];
  /** The answer to "more info": every field, who receives it, what can be linked, how long it is kept. */
  readonly details: readonly TextSection[];
  /** What a notice ends with; undefined where there is a question. */
  readonly closing: string | undefined;
  readonly question: string;
  /** One line for each way a conversation goes on. */
  readonly replies: {
    readonly yes: string;
    readonly no: string;
    readonly unanswered: string;
    readonly invalid: string;
    /** The answer could not be kept. */
    readonly notKept: string;
  };
}

const MAX_NAME_LENGTH = 60;

/** What is said to the person, made from the same rules that reduce the events. Pure. */
export function consentText(given: ConsentTextInput): ConsentText {
  const input = { ...given, catalogue: withoutExpired(given.catalogue, given.nowMs) };
  const name = [...toPlainText(input.app)].slice(0, MAX_NAME_LENGTH).join('').trim();
  const app = name === '' ? 'this program' : name;
  const isNotice = input.basis === 'opt-out';
  const purpose = `It tells the makers of ${app} how it is used.`;
  const [stop = ''] = waysToStop(input);
  return {
    heading: `Telemetry of ${app}`,
    intro: isNotice ? purpose : `${purpose} It is off unless you say yes.`,
    sections: [
      { title: 'What is collected', items: collectedItems(input) },
      { title: 'What never is', items: neverItems(input) },
      { title: 'How to stop it', items: waysToStop(input) },
      { title: 'Where the details are', items: placesOfDetails(input) },
    ].filter(({ items }) => items.length > 0),
    details: detailSections(input),
    closing: isNotice
      ? `Nothing is sent in this run. From the next run on events are sent, unless you say no: ${stop}.`
      : undefined,
    question: 'Enable telemetry? [y/N/more info]: ',
    replies: {
      yes: `Telemetry is on. To stop it: ${stop}.`,
      no: 'Telemetry stays off.',
      unanswered: 'No answer: telemetry stays off. Answer n to not be asked again.',
      invalid: 'Please answer y, n, or more info.',
      notKept: 'Your answer could not be kept, so telemetry stays off.',
    },
  };
}

/** The simplest way first. */
function waysToStop({ command, disableVariable }: ConsentTextInput): string[] {
  const variables = `${disableVariable}=1 or DO_NOT_TRACK=1 in the environment`;
  return command === undefined ? [variables] : [`${command} disable`, variables];
}

function placesOfDetails({ command, privacyUrl }: ConsentTextInput): string[] {
  const commands =
    command === undefined
      ? []
      : [`${command} catalog: every field`, `${command} preview: what would be sent`];
  return privacyUrl === undefined ? commands : [privacyUrl, ...commands];
}
