import type { ConsentReason } from '../../consent/index.js';
import type { ConsentLayer, ConsentSubject } from '../../settings/index.js';
import { type Fact, formatFacts, wrapText } from '../columns.js';
import { type CommandContext, type CommandDefinition, JSON_OPTION } from '../command.js';
import { EXIT } from '../exit-status.js';
import { hasSpoken } from '../has-spoken.js';
import { toPrintable } from '../plain-text.js';
import { switchArgument, toSwitches } from '../switches.js';

/** The one place that decided, what to do about it, and what would then still hold telemetry back. */
export const why: CommandDefinition = {
  name: 'why',
  summary: 'show what decided, and what to do to change it',
  argument: switchArgument('[switch]', 'what to ask about; telemetry as a whole unless given'),
  options: [JSON_OPTION],
  run(context, { args, json = false }) {
    const { mode, why: main, switches } = context.consent.watch.refresh();
    const [name] = toSwitches(args);
    const enabled = name === undefined ? mode !== 'off' : switches[name].enabled;
    const reason = name === undefined ? main : switches[name].why;
    const behind = findBehind(context, reason, name ?? 'telemetry');
    if (json) context.out.json({ mode, enabled, why: reason, behind });
    else explain(context, reason, behind);
    return EXIT.done;
  },
};

/** What else narrows the same thing: it decides once the reason is taken away. */
function findBehind(
  context: CommandContext,
  reason: ConsentReason,
  subject: ConsentSubject,
): readonly ConsentLayer[] {
  return context.consent
    .layers()
    .filter(
      ({ kind, about, source }) =>
        kind !== 'yes' && source !== reason.source && (about === subject || about === 'telemetry'),
    );
}

function explain({ out }: CommandContext, reason: ConsentReason, behind: readonly ConsentLayer[]): void {
  const facts: readonly Fact[] = [
    ...(hasSpoken(reason) ? [['Decided by', reason.source] as const] : []),
    ['To change it', reason.fix],
    ...behind.map(({ source, fix }, index): Fact => [index === 0 ? 'Then also' : '', `${source}: ${fix}`]),
  ];
  out.lines(out.bold(wrapText(toPrintable(reason.message), out.width).join('\n')));
  out.lines(formatFacts([facts], out.width));
}
