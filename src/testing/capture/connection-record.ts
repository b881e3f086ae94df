import type { SeenConnection, SeenRequest } from './contract.js';

/** A connection while it lasts. */
export interface ConnectionRecord {
  /** Where it was meant to go, as far as that is known by now. */
  target: string;
  isReadable: boolean;
  isOpen: boolean;
  /** Where it comes from; 0 where that was over before it could be told. */
  readonly fromPort: number;
  readonly requests: SeenRequest[];
  readonly pieces: Buffer[];
}

export function createRecord(target: string, fromPort = 0): ConnectionRecord {
  return { target, isReadable: true, isOpen: true, fromPort, requests: [], pieces: [] };
}

export function toSeen({ target, isReadable, requests, pieces }: ConnectionRecord): SeenConnection {
  return { target, isReadable, requests: [...requests], bytes: Buffer.concat(pieces) };
}

/** What a program wanted to send to where no part of the capture listens: the kernel counts such attempts, and says no more. */
export const MISSED: SeenConnection = {
  target: 'an address, port or protocol that is not captured',
  isReadable: false,
  requests: [],
  bytes: Buffer.alloc(0),
};
