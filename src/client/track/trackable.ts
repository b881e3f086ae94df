import type { Track } from './track.js';

/** What the adapters need of a client. While it is not enabled they do nothing: no clock, no listener. */
export interface Trackable {
  readonly enabled: boolean;
  readonly track: Pick<Track, 'startRequest'>;
}
