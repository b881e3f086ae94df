/** A value that is nowhere else, so that whoever has it must have it from here. */
export interface Canary {
  /** Where it stands: `user`, `e-mail`, `AWS_SECRET_ACCESS_KEY`. */
  readonly name: string;
  readonly value: string;
  /**
   * Those pieces of the value that are nobody else's: even a part of one of them is found. None unless given: a part of an ordinary
   * value may stand anywhere.
   */
  readonly unique?: readonly string[];
}
