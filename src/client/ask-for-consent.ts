import { loadDialogue } from '../consent/index.js';
import type { ConsentParts } from './open-consent.js';
import type { AskOptions } from './telemetry.js';

type Dialogue = Awaited<ReturnType<typeof loadDialogue>>;

/**
 * Ask, or show the notice, where that is what is missing. What comes of it stands in the consent file.
 *
 * @remarks Never rejects: where nobody can be asked, or the answer cannot be kept, nothing has been decided.
 */
export async function askForConsent(consent: ConsentParts, { timeoutMs }: AskOptions): Promise<void> {
  const { layer } = consent.watch.refresh().why;
  if (layer !== 'not_asked' && layer !== 'notice_pending') return;
  const dialogue = await loadDialogue().catch(() => undefined);
  if (!dialogue) {
    consent.watch.noteNotAsked('the code that asks was not installed with this program');
    return;
  }
  const isNotice = layer === 'notice_pending';
  const reason = isNotice ? whyNotShow() : whyNotAsk(dialogue);
  if (reason !== undefined) consent.watch.noteNotAsked(reason);
  else if (isNotice) showNotice(consent, dialogue);
  else await ask(consent, dialogue, timeoutMs);
}

async function ask(
  consent: ConsentParts,
  { askConsent, consentText, openTerminal }: Dialogue,
  timeoutMs: number | undefined,
): Promise<void> {
  await askConsent({
    text: consentText(consent.textInput()),
    terminal: await openTerminal(process, process.env),
    timeoutMs,
    keep: (answer) => {
      if (answer === 'yes') consent.optIn({ dryRun: false });
      else consent.optOut();
    },
  });
}

function showNotice(consent: ConsentParts, { consentText, renderText, resolveTextStyle }: Dialogue): void {
  const { stderr, env, platform } = process;
  const style = resolveTextStyle({ env, platform, isTerminal: true, columns: stderr.columns });
  const text = renderText(consentText(consent.textInput()), style);
  try {
    // First: what cannot be kept would be shown at every run.
    consent.file.noteNotice();
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
