/** Shows how to read back from Sotto's server what it received. */
import type { EventCounts, StoredEvent } from 'sotto/server';

export function createReader(url: string) {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(new URL(path, url));
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return response.json();
  };
  return {
    /** Events of one name, oldest first. */
    async events(event: string): Promise<readonly StoredEvent[]> {
      const page = await get(`/events?event=${encodeURIComponent(event)}`);
      return (page as { events: readonly StoredEvent[] }).events;
    },
    async counts(): Promise<EventCounts> {
      return (await get('/events/counts')) as EventCounts;
    },
  };
}
