import type { TelemetryError } from '../../../internal/index.js';
import { type ConsentText, renderDetails, renderLine, renderText } from '../text/index.js';
import { parseReply } from './parse-reply.js';
import type { Terminal } from './terminal.js';

/** `unanswered`: nobody said yes or no, and nothing may be kept of it. */
export type ConsentAnswer = 'yes' | 'no' | 'unanswered';

export interface AskConsentOptions {
  readonly text: ConsentText;
  /** Closed when this is over. */
  readonly terminal: Terminal;
  /** How long each question waits for its answer; one minute unless given. */
  readonly timeoutMs?: number | undefined;
  /** Keep the answer, before it is confirmed. When it throws, the answer counts as not given. */
  readonly keep?: ((answer: 'yes' | 'no') => void) | undefined;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const MAX_INVALID = 3;

/** Nobody reads the details this often; a program that answers for the person may. */
const MAX_QUESTIONS = 10;

/**
 * Ask the person. Only `y` and `yes` are a yes; Enter, the end of the input, Ctrl-C, a time-out and three answers that are
 * none are no answer. A line that came too soon, or with more behind it, is none either.
 *
 * @returns what was answered, and kept. Never rejects
 */
export async function askConsent(options: AskConsentOptions): Promise<ConsentAnswer> {
  const { text, terminal, keep } = options;
  const { style } = terminal;
  try {
    const answer = await converse(options);
    terminal.close();
    const problem = answer === 'unanswered' ? undefined : tryToKeep(answer, text, keep);
    const mark = answer === 'yes' && style.unicode ? '\u2713 ' : '';
    terminal.write(renderLine(problem ?? mark + text.replies[answer], style));
    return problem === undefined ? answer : 'unanswered';
  } catch {
    return 'unanswered';
  } finally {
    terminal.close();
  }
}

async function converse({ text, terminal, timeoutMs }: AskConsentOptions): Promise<ConsentAnswer> {
  const { style } = terminal;
  let invalid = 0;
  terminal.write(`${renderText(text, style)}\n`);
  for (let asked = 0; asked < MAX_QUESTIONS; asked += 1) {
    const reply = parseReply(await terminal.readLine(text.question, timeoutMs ?? DEFAULT_TIMEOUT_MS));
    switch (reply) {
      case 'yes':
      case 'no':
      case 'unanswered':
        return reply;
      case 'more_info':
        terminal.write(`\n${renderDetails(text, style)}\n`);
        break;
      case 'invalid':
        invalid += 1;
        if (invalid === MAX_INVALID) return 'unanswered';
        terminal.write(renderLine(text.replies.invalid, style));
        break;
      default:
        reply satisfies never;
    }
  }
  return 'unanswered';
}

/** @returns what to tell the person when it could not be kept */
function tryToKeep(
  answer: 'yes' | 'no',
  { replies }: ConsentText,
  keep: AskConsentOptions['keep'],
): string | undefined {
  try {
    keep?.(answer);
    return undefined;
  } catch (error) {
    const reason = isOurs(error) ? ` ${error.message}` : '';
    return replies.notKept + reason;
  }
}

/** Not by its class: this folder is loaded on its own, and shares no code with those who throw. */
function isOurs(error: unknown): error is TelemetryError {
  return error instanceof Error && (error as Partial<TelemetryError>).isTelemetryError === true;
}
