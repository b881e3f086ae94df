import {
  type Catalogue,
  type CatalogueField,
  type ConsentScope,
  isConsentScope,
} from '../../events/index.js';
import { toCanonicalJson } from '../../internal/index.js';

export interface CatalogueJsonInput {
  readonly app: string;
  readonly catalogue: Catalogue;
  readonly scope: ConsentScope;
}

/**
 * The catalogue for programs: one line of RFC 8785 JSON. Its `version` is the SHA-256 of its member `catalogue`, as that stands
 * there; the words of the makers have a member of their own, which the version does not cover.
 */
export function formatCatalogueJson({ app, catalogue, scope }: CatalogueJsonInput): string {
  const { recipient, distinctId, untyped, events, common, session } = scope;
  const file = {
    app,
    catalogue: { events, common, session },
    distinct_id: distinctId,
    recipient,
    untyped,
    version: catalogue.version,
    words: wordsOf(catalogue),
  };
  return `${toCanonicalJson(file)}\n`;
}

/** What such a text says may leave; undefined for any other text. Never throws. */
export function readCatalogueFile(text: string): ConsentScope | undefined {
  try {
    const file = JSON.parse(text) as Partial<Record<string, unknown>> | null;
    const { catalogue, recipient, distinct_id: distinctId, untyped } = file ?? {};
    const scope: unknown = { ...(catalogue as object | undefined), recipient, distinctId, untyped };
    return isConsentScope(scope) ? scope : undefined;
  } catch {
    return undefined;
  }
}

interface Words {
  readonly purpose?: string;
  readonly owner?: string;
}

/** Why something is collected and who answers for it: where nothing is said nothing stands. */
function wordsOf({ events, common, session }: Catalogue): object {
  return {
    common: wordsOfFields(common),
    events: Object.fromEntries(
      events.map((event) => [event.name, { ...toWords(event), fields: wordsOfFields(event.fields) }]),
    ),
    session: wordsOfFields(session),
  };
}

/** By path: those inside of a group as `group.field`. */
function wordsOfFields(fields: readonly CatalogueField[], prefix = ''): Record<string, Words> {
  const entries = fields.map((field): Record<string, Words> => {
    const path = prefix + field.name;
    const words = toWords(field);
    const own = Object.keys(words).length > 0 ? { [path]: words } : {};
    return { ...own, ...wordsOfFields(field.fields, `${path}.`) };
  });
  return Object.assign({}, ...entries) as Record<string, Words>;
}

function toWords({ purpose, owner }: Pick<CatalogueField, 'purpose' | 'owner'>): Words {
  return { ...(purpose === undefined ? {} : { purpose }), ...(owner === undefined ? {} : { owner }) };
}
