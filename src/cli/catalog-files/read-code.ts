import { consentText } from '../../consent/dialogue/index.js';
import type { CommandContext } from '../command.js';
import { UsageError } from '../exit-status.js';
import { toShownHost } from '../shown-host.js';
import type { CatalogFilesInput } from './catalog-files.js';

/** Before everything that may expire: what a file says holds on every day. */
const ANY_TIME_MS = Number.NEGATIVE_INFINITY;

/**
 * What an app says in code, and nothing of this machine.
 *
 * @param typedHost - who receives the events, where the code is not known here
 * @throws {UsageError} where the events are not known, and for an address that is none or that the code says already
 */
export function readCode(context: CommandContext, typedHost: string | undefined): CatalogFilesInput {
  const { name: command, openInCode, areEventsKnown, consent } = context;
  const { app } = consent.settings;
  if (!areEventsKnown) throw unknownEvents(command, app);
  const code = openInCode();
  const input = code.textInput();
  const host = readHost(context, typedHost) ?? input.host;
  const directory = `the folder that ${command} status names`;
  const said = { ...input, host: toShownHost(host), command, directory, nowMs: ANY_TIME_MS };
  return { app, catalogue: input.catalogue, scope: code.scope(host), command, text: consentText(said) };
}

function readHost({ isCodeKnown }: CommandContext, typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  if (isCodeKnown) throw new UsageError('Who receives the events stands in the code; leave --host out.');
  const isAddress = /^https?:/i.test(typed) && URL.canParse(typed);
  if (!isAddress) throw new UsageError('The value of --host is an address such as https://eu.i.posthog.com.');
  return typed;
}

const unknownEvents = (command: string, app: string) =>
  new UsageError(
    `The events of ${app} are not known here, so nothing can be written about them. Name the module that declares them: ` +
      `${command} --events ./dist/events.js catalog --write`,
  );
