/** Shows how to read back from Sotto's server what it received. */
import type { EventCounts, StoredEvent } from 'sotto/server';

export interface Reader {
  /** Events of one name, oldest first. */
  events(event: string): Promise<readonly StoredEvent[]>;
  counts(): Promise<EventCounts>;
}

export function createReader(url: string): Reader {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(new URL(path, url));
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return response.json();
  };
  return {
    async events(event) {
      const page = await get(`/events?event=${encodeURIComponent(event)}`);
      return (page as { events: readonly StoredEvent[] }).events;
    },
    async counts() {
      return (await get('/events/counts')) as EventCounts;
    },
  };
}
