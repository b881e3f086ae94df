/** Shows how an app tests its telemetry: what leaves, that no secret does, and that a no is a no. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, defineEvent, oneOf, plain, type Telemetry, textCount } from 'sotto';
import { createTestTelemetry, expectNoLeak } from 'sotto/testing';

const ReportMade = defineEvent('report_made', {
  format: plain(oneOf('html', 'pdf')),
  pages: count(),
  title: textCount(),
});

/** What is tested: a part of the app, which is given its telemetry. */
function makeReport(title: string, telemetry: Telemetry): string {
  const pages = ['cover', 'figures'];
  telemetry.capture(ReportMade.create({ format: 'pdf', pages, title }));
  return `${title}: ${pages.length} pages`;
}

const TITLE = 'Plans for Ada Lovelace';

// The real client over the real rules; nothing is sent, and no file is read or written.
await test('a report is told of by its format and its size', () => {
  const { telemetry, events } = createTestTelemetry();
  makeReport(TITLE, telemetry);
  assert.equal(events.length, 1);
  assert.equal(events[0]?.event, 'report_made');
  assert.equal(events[0]?.properties.pages, 2);
});

await test('the title of a report does not leave, in whatever form', () => {
  const app = createTestTelemetry({ toolsOverPrivacy: true });
  makeReport(TITLE, app.telemetry);
  expectNoLeak(app, { title: TITLE, name: 'Ada Lovelace' });
});

await test('somebody who has said no gets the same report, and nothing leaves', () => {
  const app = createTestTelemetry({ consent: 'off' });
  assert.equal(makeReport(TITLE, app.telemetry), 'Plans for Ada Lovelace: 2 pages');
  assert.deepEqual(app.events, []);
});
