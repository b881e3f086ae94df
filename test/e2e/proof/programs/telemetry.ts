/** What the makers of the tool wrote to learn how it is used. `SAMPLE_OPTIONS` holds, as JSON, what the proof varies. */
import {
  type CreateTelemetryOptions,
  count,
  createTelemetry,
  defineFlags,
  event,
  hash,
  integer,
  oneOf,
  plain,
  SearchEvent,
  SessionEvent,
  TelemetryEvent,
  textCount,
} from 'sotto';

@event('words_counted')
export class WordsCounted extends TelemetryEvent {
  @plain(oneOf('text', 'json')) format!: 'text' | 'json';
  @plain(integer({ min: 0, max: 1_000_000 })) words!: number;
  @count() files!: readonly string[];
  @hash({ identity: 'directory' }) directory!: string;
  @textCount({ withToolsOverPrivacy: 'redact' }) commandLine!: string;
}

const featureFlags = defineFlags({ separator: ['comma', 'space'] });

/** @param more - what the command line adds */
export function telemetryOptions(more: Partial<CreateTelemetryOptions> = {}) {
  const varied = JSON.parse(process.env.SAMPLE_OPTIONS ?? '{}') as Partial<CreateTelemetryOptions>;
  return {
    app: 'sample',
    version: '2.1.0',
    events: [WordsCounted, SearchEvent, SessionEvent],
    ...varied,
    ...more,
    featureFlags,
  };
}

export const openTelemetry = (more?: Partial<CreateTelemetryOptions>) =>
  createTelemetry(telemetryOptions(more));
