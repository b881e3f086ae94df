import type { CatalogueField } from '../../events/index.js';
import { toCode, toTable, toWords } from './markdown.js';

/** As many labels as the words of a field name themselves. */
const MAX_LISTED_LABELS = 8;

/** Properties with what leaves of them, one below the other, and the long lists in full. */
export function toFieldTable(fields: readonly CatalogueField[]): string {
  const located = locate(fields);
  const columns = COLUMNS.filter(
    ({ cell, isAlways }) => isAlways || located.some((each) => cell(each) !== ''),
  );
  const headings = columns.map(({ heading }) => heading);
  const rows = located.map((each) => columns.map(({ cell }) => cell(each)));
  const lists = located
    .filter(({ field }) => field.labels.length > MAX_LISTED_LABELS)
    .map(({ path, field }) => `The labels of ${toCode(path)}: ${field.labels.map(toLabel).join(', ')}.`);
  return [toTable(headings, rows), ...lists].join('\n\n');
}

interface Located {
  readonly path: string;
  readonly field: CatalogueField;
}

/** Groups stand before what is in them. */
function locate(fields: readonly CatalogueField[], prefix = ''): Located[] {
  return fields.flatMap((field) => {
    const path = prefix + field.name;
    return [{ path, field }, ...locate(field.fields, `${path}.`)];
  });
}

interface Column {
  readonly heading: string;
  readonly cell: (located: Located) => string;
  /** Others are there where they have something to say. */
  readonly isAlways?: true;
}

const COLUMNS: readonly Column[] = [
  { heading: 'property', cell: ({ path }) => toCode(path), isAlways: true },
  { heading: 'what leaves of it', cell: describe, isAlways: true },
  { heading: 'such as', cell: exampleOf, isAlways: true },
  { heading: 'what it is for', cell: ({ field: { purpose = '' } }) => toWords(purpose) },
  { heading: 'who answers for it', cell: ({ field: { owner = '' } }) => toWords(owner) },
  { heading: 'ends', cell: ({ field: { expires = '' } }) => expires },
];

function describe({ field: { description, needs } }: Located): string {
  return toWords(
    needs === undefined ? description : `${description}, only after a second yes (tools-over-privacy)`,
  );
}

/** That of a group is in its fields. */
function exampleOf({ field: { fields, example } }: Located): string {
  return fields.length > 0 ? '' : toCode(JSON.stringify(example));
}

const toLabel = (label: string | number | boolean) => toCode(String(label));
