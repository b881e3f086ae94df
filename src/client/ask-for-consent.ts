import { type ConsentText, type DecidingLayer, loadDialogue } from '../consent/index.js';
import { quietly } from '../internal/index.js';
import { toAgreed } from './agreement.js';
import type { ConsentParts } from './open-consent.js';
import type { AskOptions } from './telemetry.js';

type Dialogue = Awaited<ReturnType<typeof loadDialogue>>;

/**
 * Ask, or show the notice, where that is what is missing: a first yes, or one to what a later version collects besides. What
 * comes of it stands in the consent file.
 *
 * @remarks Never rejects: where nobody can be asked, or the answer cannot be kept, nothing has been decided.
 */
export async function askForConsent(consent: ConsentParts, options: AskOptions): Promise<void> {
  const { covers, why } = consent.watch.refresh();
  const topic = covers === undefined ? firstTopic(consent, why.layer) : quietly(() => changesTopic(consent));
  if (topic === undefined) return;
  const dialogue = await loadDialogue().catch(() => undefined);
  if (!dialogue) {
    consent.watch.noteNotAsked('the code that asks was not installed with this program');
    return;
  }
  const reason = topic.isNotice ? whyNotShow() : whyNotAsk(dialogue);
  if (reason !== undefined) consent.watch.noteNotAsked(reason);
  else if (topic.isNotice) showNotice(topic, dialogue);
  else await ask(topic, dialogue, options.timeoutMs);
}

/** What a person is told of, and what comes of it. */
interface Topic {
  /** It is read, and not answered. */
  readonly isNotice: boolean;
  readonly textOf: (dialogue: Dialogue) => ConsentText;
  readonly keep: (answer: 'yes' | 'no') => void;
  readonly noteNotice: () => void;
}

/** Nobody has said anything yet. */
function firstTopic(consent: ConsentParts, layer: DecidingLayer): Topic | undefined {
  if (layer !== 'not_asked' && layer !== 'notice_pending') return undefined;
  return {
    isNotice: layer === 'notice_pending',
    textOf: ({ consentText }) => consentText(consent.textInput()),
    keep(answer) {
      if (answer === 'yes') consent.optIn({ dryRun: false });
      else consent.optOut();
    },
    noteNotice: () => consent.file.noteNotice(toAgreed(consent.scope())),
  };
}

/** There is a yes to another version, which said less. Undefined when nothing is more, or it was said already that it is too much. */
function changesTopic(consent: ConsentParts): Topic | undefined {
  const { coverage, file, settings } = consent;
  // What a notice of an earlier run was about is adopted first.
  coverage.heldBack();
  const { held, changes, agreed, digest, isDeclined } = coverage.compare();
  const { telemetryEnabled, noticedCatalogueVersion } = file.record();
  const isNotice = settings.consent === 'opt-out' && telemetryEnabled === undefined;
  const isTold = isNotice ? noticedCatalogueVersion === digest : isDeclined;
  if (held.length === 0 || isTold) return undefined;
  const basis = isNotice ? 'opt-out' : 'opt-in';
  return {
    isNotice,
    textOf: ({ changesText }) =>
      changesText({ ...consent.textInput(), basis, changes, isAgreedKnown: agreed !== undefined }),
    keep(answer) {
      if (answer === 'yes') consent.acceptCatalogue(digest);
      else consent.declineCatalogue(digest);
    },
    noteNotice: () => file.noteChangesNotice(digest),
  };
}

async function ask(
  { textOf, keep }: Topic,
  dialogue: Dialogue,
  timeoutMs: number | undefined,
): Promise<void> {
  const terminal = await dialogue.openTerminal(process, process.env);
  await dialogue.askConsent({ text: textOf(dialogue), terminal, timeoutMs, keep });
}

function showNotice({ textOf, noteNotice }: Topic, dialogue: Dialogue): void {
  const { stderr, env, platform } = process;
  const style = dialogue.resolveTextStyle({ env, platform, isTerminal: true, columns: stderr.columns });
  const text = dialogue.renderText(textOf(dialogue), style);
  try {
    // First: what cannot be kept would be shown at every run.
    noteNotice();
  } catch {
    // There is no place to keep it, so nothing is ever sent, and nobody needs a notice of that.
    return;
  }
  stderr.write(text);
}

/** A notice is read and not answered. */
function whyNotShow(): string | undefined {
  return process.stderr.isTTY ? undefined : 'standard error is no terminal';
}

function whyNotAsk(dialogue: Dialogue): string | undefined {
  try {
    return dialogue.whyNotAsk(process, process.env);
  } catch {
    // A standard stream that is closed throws when it is looked at.
    return 'there is no terminal';
  }
}
