import { ACME } from '../examples/support/acme-telemetry.js';
import { helpText } from '../src/cli/help-text.js';
import { openConsent } from '../src/client/index.js';
import { consentText, renderText } from '../src/consent/dialogue/index.js';
import { codeBlock } from './markdown.js';

/** The question as the app of the examples puts it, on a terminal of ninety columns. */
export function questionSection(): string {
  const { textInput } = openConsent(ACME, { env: {}, dotenv: {} }, []);
  const text = consentText(textInput());
  const shown = renderText(text, { width: 90, color: false, unicode: true });
  return codeBlock('text', `${shown}\n${text.question}`);
}

/** What the telemetry commands of the app of the examples are. */
export function commandsSection(): string {
  return codeBlock('text', helpText(ACME.app));
}
