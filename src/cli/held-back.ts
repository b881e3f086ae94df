import type { Mode } from '../consent/index.js';
import type { CommandContext } from './command.js';

/** A yes was kept, and something else may still say no: then say what, and what to do about it. */
export function explainHeldBack({ consent, err }: CommandContext, wanted: Exclude<Mode, 'off'>): void {
  const { mode, why } = consent.watch.refresh();
  if (mode === wanted) return;
  err.line(`Your answer is kept, and something else speaks too. ${why.message} ${why.fix}`);
}
