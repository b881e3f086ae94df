/** The value of a flag: one of its variants, or on or off. */
export type FlagScalar = string | boolean;

/** A flag's value as it was assigned to this installation. */
export interface FlagAssignment {
  readonly value: FlagScalar;
  /** Of the flag's definition when it was assigned; undefined when the server did not say. */
  readonly version: number | undefined;
}

/** By flag key. */
export type FlagAssignments = ReadonlyMap<string, FlagAssignment>;

/** What the server says about a flag now. */
export interface RemoteFlag {
  /** Undefined when the flag exists and its value could not be found out. */
  readonly value: FlagScalar | undefined;
  readonly version: number | undefined;
}

/** A successful answer, by flag key. A flag that is asked for and missing here exists no longer, or is switched off. */
export type RemoteFlags = ReadonlyMap<string, RemoteFlag>;

/** Where assignments outlive the process. Neither call throws or takes long. */
export interface FlagStore {
  /** What is kept now, by this process or another. */
  read(): FlagAssignments;
  write(assignments: FlagAssignments): void;
}
