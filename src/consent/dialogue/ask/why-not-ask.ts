import { isInForeground } from './foreground.js';

/** What has to be known of the process's streams; `process` itself fits. */
export interface AskStreams {
  readonly stdin: {
    readonly isTTY?: boolean | undefined;
    readonly readableFlowing?: boolean | null;
    listenerCount(event: string): number;
  };
  readonly stdout: { readonly isTTY?: boolean | undefined };
  readonly stderr: { readonly isTTY?: boolean | undefined };
}

/**
 * Why nobody can be asked here, as a half sentence: `standard input is no terminal`. Undefined when somebody can.
 *
 * @param env - the environment
 * @param isForeground - whether the process may read its terminal: one in the background would be stopped for trying
 */
export function whyNotAsk(
  streams: AskStreams,
  env: Readonly<Record<string, string | undefined>>,
  isForeground: () => boolean = isInForeground,
): string | undefined {
  if (!streams.stdin.isTTY) return 'standard input is no terminal';
  if (!streams.stdout.isTTY) return 'standard output is no terminal';
  if (!streams.stderr.isTTY) return 'standard error is no terminal';
  // Emacs shows the output of a compilation in such a terminal, and has nowhere to type.
  if (env.INSIDE_EMACS?.includes('compile')) return 'this terminal takes no input';
  if (isReading(streams.stdin)) return 'the program reads standard input itself';
  if (!isForeground()) return 'the program runs in the background';
  return undefined;
}

/** Then the answer might go there, or what was meant for the program come here. */
function isReading(stdin: AskStreams['stdin']): boolean {
  return (
    stdin.readableFlowing === true || stdin.listenerCount('data') > 0 || stdin.listenerCount('readable') > 0
  );
}
