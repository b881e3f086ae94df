import type * as Sotto from '../../src/index.js';
import { INTENTS, MODES, STATES, STATUSES } from './fields.mjs';

/** The event of `fields.mjs` as a decorated class. Compiled before it is measured: Node 20 knows no decorators. */
export function decorate(sotto: typeof Sotto, name: string) {
  const { bool, count, event, hash, integer, number, oneOf, plain, TelemetryEvent, textCount } = sotto;
  const howMany = integer({ min: 0, max: 1_000_000 });

  @event(name)
  class Decorated extends TelemetryEvent {
    @plain(oneOf(...INTENTS)) intent!: string;
    @plain(oneOf(...MODES)) mode!: string;
    @plain(oneOf(...STATUSES)) status!: string;
    @plain(oneOf(...STATES)) indexState!: string;
    @plain(number({ min: 0, max: 3_600_000 })) executionTimeMs!: number;
    @plain(howMany) candidates!: number;
    @plain(howMany) returned!: number;
    @plain(howMany) tokenCount!: number;
    @plain(number({ min: 0, max: 1 })) coverage!: number;
    @plain(howMany) summaryLength!: number;
    @plain(bool()) hasWarnings!: boolean;
    @plain(bool()) isCached!: boolean;
    @textCount() query!: string;
    @hash({ identity: 'repository' }) repository!: string;
    @count() results!: string[];
  }

  return Decorated;
}
