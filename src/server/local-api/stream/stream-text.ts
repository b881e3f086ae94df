/** A message of a stream of server-sent events. */
export interface StreamMessage {
  readonly event: 'consent' | 'recorded' | 'sent' | 'dropped' | 'missed';
  /** What a reader that comes back has seen last. Without line breaks. */
  readonly id?: string;
  readonly data: object;
}

/** As server-sent events are written. JSON has no line breaks. */
export function formatMessage({ event, id, data }: StreamMessage): string {
  const idLine = id === undefined ? '' : `id: ${id.replaceAll(/[\r\n\0]/g, '')}\n`;
  return `event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`;
}

/** After how long a reader comes back that was cut off. */
export const RETRY = 'retry: 1000\n\n';
/** Says nothing but that the connection is alive, to what stands between and to a page that must not claim what it cannot know. */
export const KEEP_ALIVE = 'event: alive\ndata: {}\n\n';
