import { resolve } from 'node:path';
import { describeChange } from '../../consent/dialogue/index.js';
import { type ConsentScope, compareScopes, isWidening, type ScopeChange } from '../../events/index.js';
import { readSmallFile, toShownPath } from '../../internal/index.js';
import { readCatalogueFile } from '../catalog-files/index.js';
import { wrapText } from '../columns.js';
import { type CommandContext, type CommandDefinition, JSON_OPTION } from '../command.js';
import { EXIT, UsageError } from '../exit-status.js';
import { countOf, toPrintable } from '../plain-text.js';

const MAX_CATALOGUE_BYTES = 4_194_304;

/** What a yes to one version means for another, field by field. */
export const diff: CommandDefinition = {
  name: 'diff',
  summary: 'show what is collected now, beside what you agreed to',
  details:
    'Show what is collected now, beside what you agreed to or beside an older telemetry-catalogue.json. What is more ' +
    'is held back until somebody agrees to it; what is less needs no question. The exit status is 1 when anything is ' +
    'more, and 0 otherwise.',
  argument: { syntax: '[old]', description: 'a telemetry-catalogue.json; what you agreed to unless given' },
  options: [JSON_OPTION],
  run(context, { args, json = false }) {
    const difference = compare(context, args[0]);
    if (json) context.out.json(toJson(difference));
    else show(context, difference);
    return isWider(difference) ? EXIT.failed : EXIT.done;
  },
};

interface Difference {
  /** `you`: what the person agreed to; `file`: an older catalogue. */
  readonly beside: 'you' | 'file';
  /** Undefined where there is nothing to compare with. */
  readonly changes: readonly ScopeChange[] | undefined;
  /** Whether everything is held back, because it is not known what was agreed to. */
  readonly isAllHeld: boolean;
}

const isWider = ({ changes, isAllHeld }: Difference) => isAllHeld || changes?.some(isWidening) === true;

/** @throws {UsageError} */
function compare(context: CommandContext, file: string | undefined): Difference {
  const { consent, areEventsKnown } = context;
  if (!areEventsKnown)
    throw new UsageError(
      `The events of ${consent.settings.app} are not known here. Name the module that declares them: --events ./dist/events.js`,
    );
  if (file !== undefined) {
    const changes = compareKnown(context, readOld(context, file), consent.scope());
    return { beside: 'file', changes, isAllHeld: false };
  }
  const { agreed, current, isRemembered } = consent.coverage.compare();
  if (agreed === undefined) return { beside: 'you', changes: undefined, isAllHeld: isRemembered };
  return { beside: 'you', changes: compareKnown(context, agreed, current), isAllHeld: false };
}

/** What an app says in its own code of who receives it is compared only where that code is known. */
function compareKnown({ isCodeKnown }: CommandContext, old: ConsentScope, current: ConsentScope) {
  const { recipient, distinctId, untyped } = old;
  return compareScopes(old, isCodeKnown ? current : { ...current, recipient, distinctId, untyped });
}

function readOld({ io }: CommandContext, path: string): ConsentScope {
  const file = readSmallFile(resolve(io.cwd, path), MAX_CATALOGUE_BYTES);
  const text = file.status === 'found' ? new TextDecoder().decode(file.bytes) : undefined;
  const scope = text === undefined ? undefined : readCatalogueFile(text);
  if (scope) return scope;
  throw new UsageError(
    `${toShownPath(path)} is no telemetry-catalogue.json that can be read. Name one that \`catalog --write\` has made.`,
  );
}

function show(context: CommandContext, difference: Difference): void {
  const { out, consent } = context;
  const catalogue = consent.catalogue();
  const { changes = [] } = difference;
  out.line(out.bold(titleOf(difference)));
  for (const effect of ['widening', 'narrowing'] as const) {
    const some = changes.filter((change) => change.effect === effect);
    if (some.length > 0) out.lines(`\n${TITLES[effect]}`);
    for (const change of some) {
      const lines = wrapText(toPrintable(describeChange(change, catalogue)), out.width - 4);
      out.lines(lines.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`).join('\n'));
    }
  }
  out.lines(`\n${meaningOf(context, difference)}`);
}

const TITLES: Readonly<Record<ScopeChange['effect'], string>> = {
  widening: 'More (widening)',
  narrowing: 'Less (narrowing)',
};

const titleOf = ({ beside }: Difference) =>
  `What is collected now, beside ${beside === 'you' ? 'what you agreed to' : 'the older catalogue'}`;

function meaningOf({ name }: CommandContext, difference: Difference): string {
  const { changes, beside, isAllHeld } = difference;
  const until = `held back until ${beside === 'you' ? 'you agree' : 'a person agrees'}: ${name} enable`;
  if (isAllHeld) return `It is not known any more what you agreed to. Everything is ${until}`;
  if (changes === undefined) return 'Nobody has agreed to anything yet, so there is nothing to compare with.';
  const widening = changes.filter(isWidening).length;
  if (widening > 0) return `${countOf(widening, 'change')} widening: ${until}`;
  return changes.length === 0 ? 'Nothing has changed.' : 'Nothing is more: this needs no question.';
}

function toJson({ beside, changes, isAllHeld }: Difference): object {
  return { beside, is_known: changes !== undefined, is_everything_held: isAllHeld, changes: changes ?? [] };
}
