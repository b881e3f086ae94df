import type { CatalogueField } from '../../../events/index.js';
import type { ConsentTextInput } from './consent-text.js';
import { listed } from './listed.js';
import { ownLeavesOf } from './walk.js';

/** What no event can hold. Less can be promised where undeclared values may pass. */
export function neverItems({ catalogue, untyped }: ConsentTextInput): string[] {
  const { events } = catalogue;
  const fields = ownLeavesOf(catalogue);
  const reduced = fields.filter(({ field }) => isReduced(field)).map(({ path }) => path);
  const forbidden = events.flatMap((event) => event.forbidden);
  const isOpen = untyped || events.some(({ undeclared }) => undeclared === 'plain');
  const condition = fields.some(({ field }) => field.needs !== undefined) ? 'without that second yes: ' : '';
  const tellsErrors = fields.some(({ field }) => field.name === 'error_message');
  const exception = tellsErrors ? '; of messages of errors only common words leave' : '';
  return [
    ...(reduced.length > 0
      ? [`the content of ${listed(reduced)}: only what is said above leaves of it`]
      : []),
    ...(forbidden.length > 0 ? [`${listed(forbidden)}: declared never to leave`] : []),
    ...(isOpen ? OPEN : CLOSED).map((item, index) => (index === 0 ? condition + item + exception : item)),
  ];
}

const OPEN = [
  'sentences and other free text',
  'e-mail addresses, file paths, network addresses, passwords and keys, wherever they are recognised',
];

const CLOSED = [
  'free text, names of people, e-mail addresses, file paths, network addresses, passwords and keys',
  'anything that is not listed',
];

/** A plain value leaves as it is, and a redacted text is more than its length: neither keeps its content back. */
function isReduced({ conversion }: CatalogueField): boolean {
  return conversion !== 'plain' && conversion !== 'redacted';
}
