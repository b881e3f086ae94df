/** What became of one check. What could not be looked at is never taken for passed. */
export type CheckOutcome =
  | { readonly status: 'passed' }
  | { readonly status: 'failed'; readonly findings: readonly Finding[] }
  | { readonly status: 'not_checked'; readonly because: string };

/** One thing that is wrong. */
export interface Finding {
  /** What happened, and where it was seen. Never more of a secret than its name. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly advice: string;
}

/** One check, under one circumstance: `no-requests-when-off` under `DO_NOT_TRACK=1`. */
export interface CheckResult {
  /** Stable, in kebab case. */
  readonly check: string;
  /** Undefined where a check is made once. */
  readonly scene: string | undefined;
  /** What is promised, in one sentence. */
  readonly promise: string;
  readonly outcome: CheckOutcome;
}

/** All checks of one run of `sotto leaktest` or `sotto conformance`. */
export interface Report {
  readonly tool: 'leaktest' | 'conformance';
  /** The command that was run, as typed. */
  readonly command: readonly string[];
  readonly results: readonly CheckResult[];
}

export const PASSED: CheckOutcome = { status: 'passed' };

export const notChecked = (because: string): CheckOutcome => ({ status: 'not_checked', because });

/** Failed with what was found; passed where that is nothing. */
export const failedWith = (findings: readonly Finding[]): CheckOutcome =>
  findings.length === 0 ? PASSED : { status: 'failed', findings };

/** Failed with a finding for each message that there is; passed without one. */
export function failedFor(messages: readonly (string | undefined)[], advice: string): CheckOutcome {
  const said = messages.filter((message) => message !== undefined);
  return failedWith(said.map((message) => ({ message, advice })));
}

/** Failed with one finding; passed without a message. */
export const failedIf = (message: string | undefined, advice: string): CheckOutcome =>
  failedFor([message], advice);
