/**
 * Properties that may not leave, by name: all of one, or those inside of it. The name {@link UNDECLARED} stands for everything
 * that nobody declared.
 */
export type HeldFields = ReadonlyMap<string, 'all' | HeldFields>;

/** What stands for the undeclared properties of an event that lets them pass: no property has this name. */
export const UNDECLARED = '*';

/** What may not leave because the person has not agreed to it. */
export interface HeldBack {
  /** @param name - of an event, as on the wire. Undefined: nothing of it is held back */
  event(name: string): 'all' | HeldFields | undefined;
  /** Whether events that nobody declared are, and what a class adds to an event without a name of its own. */
  readonly untyped: boolean;
  /** Of what every event says too. */
  readonly common: HeldFields | undefined;
  /** Of what every event of a session says too, by a class that was listed. All else is held back with `untyped`. */
  readonly session: HeldFields | undefined;
  /** Whether the variants of flags are, which every event says too. */
  readonly features: boolean;
}

export const NOTHING_HELD: HeldBack = {
  event: () => undefined,
  untyped: false,
  common: undefined,
  session: undefined,
  features: false,
};

/** No event leaves at all, and so nothing that would stand in one. */
export const EVERYTHING_HELD: HeldBack = { ...NOTHING_HELD, event: () => 'all', untyped: true };
