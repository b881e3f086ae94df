/** Names that a machine is made of, so that they can be looked for. */
export interface MachineNames {
  readonly user: string;
  readonly host: string;
  /** The last part of the path of its working directory. */
  readonly directory: string;
}

/** A machine with one person on it: a home, a project, an environment. All of it is thrown away at the end. */
export interface Machine extends AsyncDisposable {
  readonly app: string;
  /** What the app's variables start with. */
  readonly prefix: string;
  /** Everything that a program could change stands below it. */
  readonly root: string;
  readonly home: string;
  /** A project under version control, inside of {@link home}. */
  readonly cwd: string;
  /** Where Sotto keeps the app's files. */
  readonly stateDirectory: string;
  /** The whole environment of a program. No variable of this process is in it but those that programs need to start, such as `PATH`. */
  readonly env: Readonly<Record<string, string>>;
  /** What stands below {@link root}: for every name a line of its kind, mode, time of change and content. */
  snapshot(): Readonly<Record<string, string>>;
}

export type CreateMachine = (options: {
  readonly app: string;
  readonly names?: MachineNames;
}) => Promise<Machine>;

export interface RunOptions {
  readonly command: readonly string[];
  readonly machine: Machine;
  /** Added to the environment of the machine; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What stands before the command. */
  readonly through?: readonly string[];
  /** Sent to the program once it has printed something, or after as many milliseconds where it prints nothing. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly afterMs: number };
  /** Killed with all that it has started when it takes longer. */
  readonly timeoutMs: number;
  /** How long processes that it started may go on after its end. */
  readonly graceMs: number;
  /** What becomes of its standard output: somebody reads it (unless given), reads it only at the end, or has closed it. */
  readonly stdout?: 'read' | 'unread' | 'closed';
  /** Kills the program with all that it has started. The run then rejects with the reason. */
  readonly abort?: AbortSignal;
}

/** A process that a program started, directly or not. */
export interface SeenProcess {
  /** 0 where it was over when it was noted. */
  readonly pid: number;
  readonly args: readonly string[];
  /** Whether a program on Node.js noted that it started this. All of those are known; others are seen while they live. */
  readonly isNoted: boolean;
}

export interface RunResult {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly hasTimedOut: boolean;
  /** From its start to its end. */
  readonly durationMs: number;
  /** From the last byte of its standard output to its end; undefined where there was none. */
  readonly exitMs: number | undefined;
  /** From the signal to its end; undefined where it had ended before. */
  readonly afterSignalMs: number | undefined;
  /**
   * What it started, with all arguments; undefined where that cannot be seen. Programs on Node.js note each of theirs; of others
   * those are seen, on Linux, that live for some time.
   */
  readonly children: readonly SeenProcess[] | undefined;
  /** Those that were still there when the grace was over. They are killed. */
  readonly survivors: readonly SeenProcess[] | undefined;
}

export type RunCommand = (options: RunOptions) => Promise<RunResult>;
