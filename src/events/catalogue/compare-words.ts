import { listed as listWords } from '../../internal/index.js';
import type { DomainScope } from '../../privacy/index.js';
import type { ConsentScope, EventScope, FieldScope } from './scope.js';
import { FIXED_FORM, INSIDE_ITSELF, SIMPLE_WORDS } from './words.js';

const MAX_LISTED = 8;

const listed = (words: readonly (string | number | boolean)[]) => listWords(words, MAX_LISTED);

/** What may leave of a property, as the rest of a sentence: `how many there are, until 2027-01-31`. */
export function describeFieldScope(field: FieldScope): string {
  const until = field.expires === undefined ? '' : `, until ${field.expires}`;
  return describeConversion(field) + until;
}

/** The labels that a closed list did not have; empty where there is none to name. */
export function describeNews(agreed: FieldScope | undefined, current: FieldScope): string {
  const before = agreed && labelsOf(agreed);
  const known = new Set(before);
  const news = before && labelsOf(current)?.filter((label) => !known.has(label));
  return news && news.length > 0 ? `; new: ${listed(news)}` : '';
}

export function describeEventScope({ fields, undeclared, expires }: EventScope): string {
  const names = Object.keys(fields);
  const said = names.length === 0 ? 'that it happened' : listed(names);
  const open = undeclared ? '; and what else it is given, reduced' : '';
  return `${said}${open}${expires === undefined ? '' : `; until ${expires}`}`;
}

export function describeDistinctId(distinctId: ConsentScope['distinctId']): string {
  return distinctId === 'session'
    ? 'events carry a random id of their session'
    : 'events carry a random id of this installation';
}

function describeConversion(field: FieldScope): string {
  const { conversion } = field;
  switch (conversion) {
    case 'plain':
      return describeDomain(field.domain);
    case 'boolean':
    case 'count':
    case 'text_count':
      return SIMPLE_WORDS[conversion];
    case 'presence_map':
      return 'for each name in it whether it is set';
    case 'redacted':
      return 'the text itself with what identifies replaced, after a second yes';
    case 'aggregate': {
      const places = field.decimals === undefined ? '' : `, rounded to ${field.decimals} decimals`;
      return `the ${field.aggregate} of its numbers${places}`;
    }
    case 'distribution':
      return `how often each of ${listed(field.labels)} occurs`;
    case 'hash': {
      const where = field.scope === 'session' ? 'within one session' : 'on this installation';
      return `a keyed hash, the same for equal values of ${field.identity} ${where}`;
    }
    case 'nested':
      return field.isRecursive ? describeAgain(field) : `a group of ${groupWords(field.fields)}`;
    case 'any_of':
      return field.alternatives.map(describeFieldScope).join(', or ');
    default:
      return conversion satisfies never;
  }
}

const describeAgain = ({ levelsOut = 0 }: { readonly levelsOut?: number }) =>
  levelsOut === 0
    ? INSIDE_ITSELF
    : `a group around it again, ${levelsOut} further out than the one that it is in`;

const groupWords = (fields: object) => listed(Object.keys(fields)) || 'nothing';

function describeDomain(domain: DomainScope): string {
  const { kind } = domain;
  switch (kind) {
    case 'boolean':
      return 'true or false';
    case 'number': {
      const places = domain.decimals === undefined ? '' : `, rounded to ${domain.decimals} decimals`;
      return `a ${domain.integer ? 'whole ' : ''}number from ${domain.min} to ${domain.max}${places}`;
    }
    case 'enum':
      return `one of ${listed(domain.labels)}${
        domain.fallback === undefined ? '' : `, any other string as ${domain.fallback}`
      }`;
    case 'pattern':
      return FIXED_FORM;
    case 'date_bucket':
      return `the UTC ${domain.bucket} of a date`;
    case 'list':
      return `a list of at most ${domain.maxMembers}, each ${describeDomain(domain.member)}`;
    case 'any_of':
      return domain.domains.map(describeDomain).join(', or ');
    default:
      return kind satisfies never;
  }
}

function labelsOf(field: FieldScope): readonly (string | number | boolean)[] | undefined {
  if (field.conversion === 'distribution') return field.labels;
  if (field.conversion !== 'plain' || field.domain.kind !== 'enum') return undefined;
  const { labels, fallback } = field.domain;
  return fallback === undefined ? labels : [...labels, fallback];
}
