/** How one part of a process does. */
export interface PartHealth {
  /**
   * - `ok`
   * - `degraded`: it runs, and something that it needs does not answer
   * - `down`: it cannot do what it is there for, so that others should be asked instead
   */
  readonly status: 'ok' | 'degraded' | 'down';
  /** What `GET /ready` tells beside it. No secret, no address, nobody's name. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** A part that can say how it does. */
export interface HealthPart {
  /** Such as `database` or `license`. */
  readonly name: string;
  /** Never rejects, and asks no other machine but the database. */
  read(): Promise<PartHealth>;
}
