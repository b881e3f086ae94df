import { AUTOMATIC_RULE, type ConsentText } from '../../consent/dialogue/index.js';
import type { Catalogue, CatalogueEvent } from '../../events/index.js';
import { toFieldTable } from './field-table.js';
import { toCode, toList, toWords } from './markdown.js';
import { CATALOGUE_JSON } from './names.js';

/** What stands at the top of a file that may be replaced. */
const MARK = '<!-- telemetry catalogue: `catalog --write` replaces this file whole -->';

export interface TelemetryMdInput {
  readonly app: string;
  readonly catalogue: Catalogue;
  /** What a person types before a command. */
  readonly command: string;
  /** The words that the person is shown when they are asked. */
  readonly text: ConsentText;
}

/** Was a file of this name written here? Then it may be written again. */
export const isTelemetryMd = (content: string): boolean => content.startsWith(MARK);

/** The catalogue for people: what leaves, why, who receives it, how to say no and how to check all this. */
export function formatTelemetryMd(input: TelemetryMdInput): string {
  const { app, catalogue, command, text } = input;
  const parts = [
    MARK,
    `# What ${toWords(app)} tells its makers`,
    toWords(text.intro),
    `This page is made from the rules that reduce the events. Its version is ${toCode(catalogue.version)}.`,
    '## What is collected',
    ...catalogue.events.flatMap(eventParts),
    ...(catalogue.session.length > 0
      ? ['### With every event of a session', toFieldTable(catalogue.session)]
      : []),
    '### With every event',
    toFieldTable(catalogue.common),
    toList(EVERY_EVENT),
    ...SECTIONS.flatMap((title) => sectionParts(text, title)),
    '## How to check this page',
    ...checkParts(command),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What stands in the person's text too, in this order. */
const SECTIONS = [
  'What no event declares',
  'What never is',
  'Who receives it',
  'What can be linked',
  'How long it is kept',
  'How to stop it',
  'Where the details are',
];

const EVERY_EVENT = [
  'when it was recorded, a random id of its own, and the version of the library that sends it',
  'where feature flags are used, which variants were chosen',
];

function eventParts(event: CatalogueEvent): string[] {
  const { name, fields, forbidden, undeclared, purpose, owner, expires } = event;
  const facts = [
    ...(purpose === undefined ? [] : [`What it is for: ${toWords(purpose)}`]),
    ...(owner === undefined ? [] : [`Who answers for it: ${toWords(owner)}`]),
    ...(expires === undefined ? [] : [`No longer collected from ${expires} (UTC)`]),
    ...(undeclared === 'plain' ? [`What else it is given: ${AUTOMATIC_RULE}`] : []),
    ...(forbidden.length === 0 ? [] : [`Never leaves: ${forbidden.map(toCode).join(', ')}`]),
  ];
  return [
    `### Event ${toCode(name)}`,
    ...(facts.length > 0 ? [toList(facts)] : []),
    fields.length > 0 ? toFieldTable(fields) : 'It says that it happened, and nothing else.',
  ];
}

function sectionParts({ sections, details }: ConsentText, title: string): string[] {
  const section = [...sections, ...details].find((candidate) => candidate.title === title);
  return section ? [`## ${title}`, toList(section.items.map(toWords))] : [];
}

function checkParts(command: string): string[] {
  return [
    'What a program says on your machine is made from the code that runs there:',
    `\`\`\`sh\n${command} catalog          # every field\n${command} catalog --json   # the same for programs, with its version\n${command} preview          # what would be sent\n\`\`\``,
    `[${toWords(CATALOGUE_JSON)}](${CATALOGUE_JSON}) says the same as this page to programs. Its version is the SHA-256 of what may leave:`,
    `\`\`\`sh\njq -cS .catalogue ${CATALOGUE_JSON} | tr -d '\\n' | sha256sum\njq -r .version ${CATALOGUE_JSON}\n\`\`\``,
    'Order and wording change nothing in the version; anything that lets more or something else leave does.',
  ];
}
