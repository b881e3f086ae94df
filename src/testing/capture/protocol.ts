import type { Conduct, Seen, SeenNames } from './contract.js';

/** What the program of a capture is told to do. */
export type Task = { readonly task: 'seen' } | { readonly task: 'begin'; readonly conduct: Conduct };

/** The same with a number, by which the answer names it. */
export type Order = Task & { readonly id: number };

/** What it says first. */
export interface Readiness {
  readonly kind: 'ready';
  /** The file with the certificate that programs have to trust. */
  readonly trust: string;
  /** The port on which it listens for everything: that of its proxy. */
  readonly port: number;
  /** Of the account and of the machine, as the system tells them. */
  readonly names: SeenNames;
}

/** What it says to an order. */
export interface Done {
  readonly kind: 'done';
  readonly id: number;
  readonly seen: Seen | undefined;
}

export type Message = Readiness | Done;
