import type { Log } from '../observe/index.js';
import type { LinkChange } from './link.js';

/** A line for each change of a link, which names neither servers nor who comes. */
export function logLink(log: Log): (change: LinkChange) => void {
  return (change) => {
    switch (change) {
      case 'up':
        return log.info('stream_connected');
      case 'lost':
        return log.warn('stream_lost');
      case 'no_answer':
      case 'not_admitted':
        return log.warn('stream_unreachable', { reason: change });
      default:
        return change satisfies never;
    }
  };
}
