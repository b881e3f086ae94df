import { createAdmission, createClient } from '../../client/index.js';
import { BUILT_IN_EVENTS, createCatalogue, FeatureFlagCalled, withoutExpired } from '../../events/index.js';
import { knownEventClasses } from '../../privacy/index.js';
import type { CommandContext, CommandDefinition } from '../command.js';
import { createSample, parseFields } from '../create-sample.js';
import { EXIT, UsageError } from '../exit-status.js';
import { hintAtEvents } from '../hints.js';

/** What would leave, before anything does. */
export const preview: CommandDefinition = {
  name: 'preview',
  summary: 'show what would leave of an event',
  details:
    'Show what would leave of an event: an example made from its declaration, or with --data exactly what would go out for ' +
    'that data now. While telemetry is off there are no ids and no secret: marked placeholders stand in their place.',
  argument: { syntax: '[event]', description: 'the name of an event; all of them unless given' },
  options: [{ flags: '--data <json>', description: 'the fields of the event, as a JSON object' }],
  run(context, { args: [name], data }) {
    if (data === undefined) previewExamples(context, name);
    else previewData(context, name, data);
    return EXIT.done;
  },
};

function previewExamples(context: CommandContext, name: string | undefined): void {
  const common = propertiesOfEveryEvent(context);
  const collected = withoutExpired(context.consent.catalogue(), Date.now());
  const examples = collected.events.map(({ name: event, example }) => ({
    event,
    properties: { ...example, ...common },
  }));
  hintAtEvents(context);
  printJson(context, name === undefined ? examples : findNamed(context, examples, name));
}

/** These are known, and not mere examples: they are about this machine. */
function propertiesOfEveryEvent({ consent }: CommandContext): object {
  // It stands for all the others, also where the app records none of its kind.
  const admission = createAdmission(undefined);
  const client = createClient({ ...consent, admission }, undefined, () => {});
  const wire = client.preview(new FeatureFlagCalled());
  const { $feature_flag, $feature_flag_response, ...others } = wire?.properties ?? {};
  return others;
}

function previewData(context: CommandContext, name: string | undefined, data: string): void {
  if (name === undefined)
    throw new UsageError(
      `--data belongs to an event. Name it: \`${context.name} preview <event> --data <json>\`.`,
    );
  const { schema } = findNamed(context, namedClasses(context), name);
  const sample = createSample(schema, parseFields(data));
  const wire = createClient(context.consent, undefined, () => {}).preview(sample);
  if (wire === undefined) context.out.line('Nothing of it would leave.');
  else printJson(context, wire);
}

/** The classes that may be recorded, under the names that they leave by. */
function namedClasses({ consent }: CommandContext): readonly { event: string; schema: object }[] {
  const classes = consent.classes ?? [...knownEventClasses(), ...BUILT_IN_EVENTS];
  return [...classes].flatMap((schema) =>
    createCatalogue(consent.settings.app, [schema]).events.map(({ name }) => ({ event: name, schema })),
  );
}

function findNamed<Named extends { readonly event: string }>(
  { name: command }: CommandContext,
  all: readonly Named[],
  name: string,
): Named {
  const found = all.find(({ event }) => event === name);
  if (found) return found;
  throw new UsageError(
    `There is no event of this name. Names of events: ${all.map(({ event }) => event).join(', ')}. ` +
      `\`${command} catalog\` shows them all.`,
  );
}

function printJson({ out }: CommandContext, value: unknown): void {
  out.json(value);
}
