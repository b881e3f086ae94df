/** What a maker writes with `sotto/testing`, for the compiler alone. */
import { count, defineEvent, type Telemetry } from 'sotto';
import { createTestTelemetry, expectNoLeak, type SottoMatchers, sottoMatchers } from 'sotto/testing';

const Made = defineEvent('made', { pages: count() });
const test = createTestTelemetry({ consent: 'local' });
const telemetry: Telemetry = test.telemetry;
telemetry.capture(Made.create({ pages: [] }));
expectNoLeak(test, { name: 'Ada Lovelace' });
export type Matchers = SottoMatchers<void>;
console.log(Object.keys(sottoMatchers), test.events[0]?.properties.pages);
