import { renderText } from '../../consent/dialogue/index.js';
import type { ConsentSwitch } from '../../settings/index.js';
import { type CommandContext, type CommandDefinition, YES_OPTION } from '../command.js';
import { confirm, requireAnswer } from '../confirm.js';
import { consentTextOf } from '../consent-text-of.js';
import { EXIT } from '../exit-status.js';
import { giveYes } from '../give-yes.js';
import { explainHeldBack } from '../held-back.js';
import { hintAtCode, hintAtEvents } from '../hints.js';
import { SWITCH_WORDS, switchArgument, toSwitches } from '../switches.js';

/** A yes, after its person has seen what to. */
export const enable: CommandDefinition = {
  name: 'enable',
  summary: 'show what is collected, and allow it if you agree',
  argument: switchArgument('[switches...]', 'parts to allow; telemetry with what belongs to it unless given'),
  options: [YES_OPTION],
  async run(context, { args, yes = false }) {
    const parts = toSwitches(args);
    if (!yes && !(await isAgreed(context, args))) {
      context.out.line(args.length === 0 ? 'Telemetry not enabled.' : 'Telemetry settings unchanged.');
      return EXIT.done;
    }
    if (parts.length === 0) enableTelemetry(context);
    for (const part of parts) enablePart(context, part);
    return EXIT.done;
  },
};

async function isAgreed(context: CommandContext, words: readonly string[]): Promise<boolean> {
  requireAnswer(context, ['enable', ...words].join(' '));
  const parts = toSwitches(words);
  if (parts.length === 0) showConsentText(context);
  for (const part of parts) explainPart(context, part);
  return confirm(context);
}

function showConsentText(context: CommandContext): void {
  const { err } = context;
  err.lines(renderText(consentTextOf(context), err.style));
  hintAtCode(context);
  hintAtEvents(context);
}

function explainPart({ consent, err }: CommandContext, part: ConsentSwitch): void {
  const { label, about } = SWITCH_WORDS[part];
  err.lines(`${err.bold(label)}\n${about}`);
  if (part !== 'toolsOverPrivacy') return;
  for (const event of consent.catalogue().events)
    for (const field of event.fields)
      if (field.needs === part) err.line(`  ${event.name}: ${field.name}, ${field.description}`);
}

function enableTelemetry(context: CommandContext): void {
  const { out } = context;
  giveYes(context, false);
  out.line(`${out.tick}Telemetry enabled.`);
  explainHeldBack(context, 'on');
}

function enablePart({ consent, out, err }: CommandContext, part: ConsentSwitch): void {
  consent.file.setSwitch(part, true);
  out.line(`${out.tick}${SWITCH_WORDS[part].label} enabled.`);
  const { enabled, why } = consent.watch.refresh().switches[part];
  if (!enabled) err.line(`Your answer is kept, and something else speaks too. ${why.message} ${why.fix}`);
}
