import type { CatalogueEvent, CatalogueField } from '../../../events/index.js';
import type { ConsentTextInput } from './consent-text.js';
import { listed, plural } from './listed.js';
import { purposeInFewWords } from './stewardship.js';
import { leavesOf, ownLeavesOf } from './walk.js';

const MAX_EVENTS = 6;
const MAX_FIELDS = 8;

/** What the names of every event's properties mean to a person. */
const FACTS: Readonly<Record<string, string>> = {
  'os.type': 'operating system',
  'os.version': 'its major version',
  'host.arch': 'kind of processor',
  'process.runtime.version': 'version of Node.js',
  'host.cpu_count': 'number of processors',
  'host.memory_gib': 'size of memory',
  ci: 'whether it is a build server',
};

/** What happens to what nobody declared, in one sentence. */
export const AUTOMATIC_RULE =
  'numbers, yes or no and short labels as they are, other texts as their length, and what stands under a name that identifies as a keyed hash';

/** One line per event, in few words; of many events the first ones. */
export function collectedItems(input: ConsentTextInput): string[] {
  const { events, common, session } = input.catalogue;
  const facts = common.map(({ name }) => FACTS[name] ?? name).join(', ');
  return [
    ...eventItems(input),
    ...(session.length > 0 ? [`of a session, with every event of it: ${fieldsInFewWords(session)}`] : []),
    `with every event: coarse facts of this computer (${facts}), the time, and random ids`,
    ...(input.untyped
      ? [`what ${events.length > 0 ? 'else ' : ''}the program reports: ${AUTOMATIC_RULE}`]
      : []),
    ...secondYesItems(input),
  ];
}

/** Never without a way to see the rest. */
function eventItems({ catalogue: { events }, basis, command }: ConsentTextInput): string[] {
  const rest = events.length - MAX_EVENTS;
  const canSeeRest = command !== undefined || basis !== 'opt-out';
  if (rest <= 0 || !canSeeRest) return events.map(eventInFewWords);
  const how = command === undefined ? 'answer "more info" to see them' : `see ${command} catalog`;
  return [
    ...events.slice(0, MAX_EVENTS).map(eventInFewWords),
    `${rest} more ${plural('event', rest)}: ${how}`,
  ];
}

function secondYesItems({ catalogue, command }: ConsentTextInput): string[] {
  const redacted = ownLeavesOf(catalogue).filter(({ field }) => field.needs !== undefined);
  if (redacted.length === 0) return [];
  const how = command === undefined ? '' : `, ${command} enable tools-over-privacy`;
  const names = listed(redacted.map(({ path }) => path));
  return [
    `only after a second yes (tools-over-privacy${how}): ${names}, texts with what identifies replaced where it is recognised`,
  ];
}

function eventInFewWords(event: CatalogueEvent): string {
  const { name, fields, undeclared } = event;
  const open = undeclared === 'plain' ? '; and what else it is given, reduced' : '';
  return `${name}: ${fieldsInFewWords(fields) || 'that it happened'}${open}${purposeInFewWords(event)}`;
}

/** `query (length), results (how many) and 4 more`; empty where nothing leaves without a second yes. */
export function fieldsInFewWords(fields: readonly CatalogueField[]): string {
  return listed(fields.filter(({ needs }) => needs === undefined).map(fieldInFewWords), MAX_FIELDS);
}

function fieldInFewWords(field: CatalogueField): string {
  const { name, conversion, fields } = field;
  switch (conversion) {
    case 'plain':
    case 'redacted':
      return name;
    case 'boolean':
      return `${name} (yes or no)`;
    case 'count':
      return `${name} (how many)`;
    case 'text_count':
      return `${name} (length)`;
    case 'aggregate':
      return `${name} (one number)`;
    case 'distribution':
      return `${name} (how often each)`;
    case 'presence_map':
      return `${name} (which are set)`;
    case 'hash':
      return `${name} (keyed hash)`;
    case 'nested': {
      const values = leavesOf(fields).length;
      return `${name} (${values} ${plural('value', values)})`;
    }
    default:
      return conversion satisfies never;
  }
}
