import { beforeEach, expect, it, vi } from 'vitest';

type Privacy = typeof import('../../../../src/privacy/index.js');

/** An app and its commands may each have a copy, and so has what is loaded late under a loader that makes CommonJS of it. */
let one: Privacy;
let other: Privacy;

beforeEach(async () => {
  one = await import('../../../../src/privacy/index.js');
  vi.resetModules();
  other = await import('../../../../src/privacy/index.js');
  expect(other.declareConversions).not.toBe(one.declareConversions);
});

it('has a rule that one copy declares count in another that has read the class before', () => {
  class Document {
    readers = ['Ada'];
  }
  class Report extends Document {
    pages = [1, 2];
  }
  one.declareConversions(Report, { readers: 'count', pages: 'count' });
  expect(other.serializeForTelemetry(new Report())).toEqual({ readers: 1, pages: 2 });
  one.declareConversions(Document, { readers: 'forbidden' });
  expect(other.serializeForTelemetry(new Report())).toEqual({ pages: 2 });
});

it('knows a class in another copy whose prototype does not name it', () => {
  function Report() {}
  Report.prototype = { pages: [1, 2] };
  one.declareConversions(Report as never, { pages: 'count' } as never);
  const report = Object.create(Report.prototype as object) as object;
  expect(other.serializeForTelemetry(report)).toEqual({ pages: 2 });
});
