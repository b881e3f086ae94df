import type { CatalogueEvent, CatalogueField } from '../../../events/index.js';
import { AUTOMATIC_RULE } from './collected.js';
import type { ConsentTextInput, TextSection } from './consent-text.js';
import { listed, plural } from './listed.js';
import { stewardshipItems } from './stewardship.js';
import { type Located, leavesOf, ownLeavesOf } from './walk.js';

/** The long text: every field of every event with what leaves of it, and what becomes of it then. */
export function detailSections(input: ConsentTextInput): TextSection[] {
  const { catalogue, untyped } = input;
  return [
    ...catalogue.events.map(eventSection),
    ...sessionSections(catalogue.session),
    ...(untyped ? [{ title: 'What no event declares', items: [AUTOMATIC_RULE] }] : []),
    {
      title: 'With every event',
      items: [
        ...fieldItems(catalogue.common),
        'when it was recorded, a random id of its own, and the version of the library that sends it',
        'where feature flags are used, which variants were chosen',
      ],
    },
    { title: 'Who receives it', items: receiverItems(input) },
    { title: 'What can be linked', items: linkItems(input) },
    { title: 'How long it is kept', items: retentionItems(input) },
  ];
}

function eventSection(event: CatalogueEvent): TextSection {
  const { name, fields, undeclared, forbidden } = event;
  const items = fieldItems(fields);
  if (undeclared === 'plain') items.push(`what else it is given: ${AUTOMATIC_RULE}`);
  for (const path of forbidden) items.push(`${path}: never leaves`);
  const said = items.length > 0 ? items : ['that it happened'];
  return { title: `Event ${name}`, items: [...stewardshipItems(event), ...said] };
}

function sessionSections(session: readonly CatalogueField[]): TextSection[] {
  return session.length > 0 ? [{ title: 'With every event of a session', items: fieldItems(session) }] : [];
}

const fieldItems = (fields: readonly CatalogueField[]) => leavesOf(fields).map(fieldItem);

function fieldItem({ path, field }: Located): string {
  const condition = field.needs === undefined ? '' : ', only after a second yes (tools-over-privacy)';
  const stewardship = stewardshipItems(field).map((item) => `; ${item}`);
  const example = `such as ${JSON.stringify(field.example)}`;
  return `${path}: ${field.description}${condition}; ${example}${stewardship.join('')}`;
}

function receiverItems({ host }: ConsentTextInput): string[] {
  return [
    host,
    'as with any request, that server sees the network address it comes from; it is asked not to look up a place for it',
  ];
}

const ID_SCOPES: Readonly<Record<ConsentTextInput['distinctId'], string>> = {
  session:
    'events carry a random id of their session: the events of one session belong together, and two sessions cannot be linked by it',
  installation:
    'events carry a random id of this installation, which links its sessions: it is pseudonymous, and erased when you say no',
};

const UNDECLARED_HASHES = 'what stands under a name that identifies';

function linkItems({ catalogue, distinctId, untyped }: ConsentTextInput): string[] {
  const fields = ownLeavesOf(catalogue);
  const linkedWithin = (scope: CatalogueField['links']) =>
    fields.filter(({ field }) => field.links === scope).map(({ path }) => path);
  const isOpen = untyped || catalogue.events.some(({ undeclared }) => undeclared === 'plain');
  const lasting = [...linkedWithin('installation'), ...(isOpen ? [UNDECLARED_HASHES] : [])];
  const passing = linkedWithin('session');
  return [
    ID_SCOPES[distinctId],
    ...(lasting.length > 0
      ? [
          `${listed(lasting, lasting.length)}: pseudonymous. Equal values can be recognised from session to session on this installation, and nowhere else`,
        ]
      : []),
    ...(passing.length > 0
      ? [`${listed(passing, passing.length)}: equal values can be recognised within one session only`]
      : []),
  ];
}

function retentionItems({ directory, retentionDays, privacyUrl }: ConsentTextInput): string[] {
  const receiver = privacyUrl === undefined ? 'as its makers decide' : `see ${privacyUrl}`;
  const days = `${retentionDays} ${plural('day', retentionDays)}`;
  return [
    ...(directory === undefined
      ? []
      : [
          `on this computer for at most ${days}, where you can read it: ${directory}`,
          'what cannot be sent at once waits there as long; it may be sent when the program has ended, by a short process of its own',
        ]),
    `by whoever receives it: ${receiver}`,
  ];
}
