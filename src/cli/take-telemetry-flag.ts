const FLAG = '--disable-telemetry';

/** Arguments without the flag, and what to pass to `createTelemetry()`. */
export interface TakenTelemetryFlag {
  readonly args: string[];
  /** `{ runFlag: '--disable-telemetry' }` when the person typed it. */
  readonly options: { readonly runFlag?: typeof FLAG };
}

/**
 * Take `--disable-telemetry` out of a program's arguments, for its own parser to see the rest. It holds for this run only and
 * is kept nowhere.
 *
 * @param argv - the arguments alone: `process.argv.slice(2)`. Not changed
 * @returns what stands behind `--` stays as it is; `--disable-telemetry=…` counts too, whatever follows: in doubt, off
 * @example
 * ```ts
 * const { args, options } = takeTelemetryFlag(process.argv.slice(2));
 * const telemetry = createTelemetry({ app: 'acme', ...options });
 * ```
 */
export function takeTelemetryFlag(argv: readonly string[]): TakenTelemetryFlag {
  const end = argv.indexOf('--');
  const isFlag = (argument: string, index: number) =>
    (end === -1 || index < end) && (argument === FLAG || argument.startsWith(`${FLAG}=`));
  const args = argv.filter((argument, index) => !isFlag(argument, index));
  return { args, options: args.length < argv.length ? { runFlag: FLAG } : {} };
}
