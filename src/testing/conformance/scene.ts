import type { Conduct } from '../capture/index.js';
import type { Machine, RunOptions } from '../machine/index.js';
import type { CheckName } from './checks.js';

/** What a program is started with. */
export interface Setting {
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What stands before the command. */
  readonly through?: readonly string[];
}

/** Make a machine so, before anything is looked at. */
export type Arrange = (machine: Machine) => Setting;

/**
 * A situation that a program is started in. What is seen is held against its twin: the same situation with
 * `DISABLE_TELEMETRY=1`.
 */
export interface Scene {
  /** In kebab case; stable, because people name it on command lines. */
  readonly name: string;
  readonly checks: readonly CheckName[];
  /** What was said about telemetry. */
  readonly said: Arrange;
  /** What is so in its twin too. */
  readonly around?: Arrange;
  /** Undo what would keep the machine from being thrown away. */
  readonly restore?: (machine: Machine) => void;
  /** How what arrives is answered; as ever unless given. */
  readonly conduct?: Conduct;
  /** Why it cannot be made here; undefined where it can. */
  readonly impossible?: () => string | undefined;
  /** It runs several times, in turn with its twin and with nothing beside it, so that times can be compared. */
  readonly isTimed?: true;
  readonly stdout?: RunOptions['stdout'];
  /** Ctrl-C: once it has printed something, or while it has not yet done most of its work. */
  readonly isInterrupted?: 'printing' | 'working';
  /** The command is told to print JSON. */
  readonly isJson?: true;
  /** Two of it run at once, on one machine. */
  readonly isTwofold?: true;
}

/** Whether the baseline will do as its twin. */
export function isPlain({ around, stdout, isTimed, isInterrupted, isJson }: Scene): boolean {
  return [around, stdout, isTimed, isInterrupted, isJson].every((member) => member === undefined);
}
