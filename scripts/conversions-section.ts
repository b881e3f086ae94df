import {
  aggregate,
  boolean,
  count,
  defineEvent,
  distribution,
  type FieldDeclaration,
  forbidden,
  hash,
  oneOf,
  plain,
  textCount,
} from '../src/index.js';
import { code, table } from './markdown.js';

const RULES: Readonly<Record<string, Pick<FieldDeclaration<never>, 'rule'>>> = {
  "plain(oneOf('rust', 'go'))": plain(oneOf('rust', 'go')),
  'boolean()': boolean(),
  'count()': count(),
  'textCount()': textCount(),
  "distribution(['rust', 'go'])": distribution(['rust', 'go']),
  'aggregate()': aggregate(),
  "aggregate('mean')": aggregate('mean'),
  'hash()': hash(),
  'forbidden()': forbidden(),
};

const INPUTS: readonly unknown[] = [null, 'rust', ['rust', 'rust', 'secret'], [1, 2, 6], { a: 1, b: 2 }];

/** What each decision makes of a few values, computed by the SDK itself. */
export function conversionsSection(): string {
  const rows = Object.entries(RULES).map(([written, declaration]) => [
    code(written),
    ...INPUTS.map((input) => leaves(declaration, input)),
  ]);
  return table(['decision', ...INPUTS.map((input) => code(JSON.stringify(input)))], rows);
}

function leaves(declaration: Pick<FieldDeclaration<never>, 'rule'>, value: unknown): string {
  const Sample = defineEvent('sample', { value: declaration });
  const payload = Object.assign(new Sample(), { value }).serializeForTelemetry();
  return 'value' in payload ? code(JSON.stringify(payload.value)) : 'nothing';
}
