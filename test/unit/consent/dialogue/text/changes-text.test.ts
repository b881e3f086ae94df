import { describe, expect, it } from 'vitest';
import { changesText } from '../../../../../src/consent/dialogue/text/index.js';
import {
  compareScopes,
  createCatalogue,
  defineEvent,
  toConsentScope,
} from '../../../../../src/events/index.js';
import { count, oneOf, plain, textCount } from '../../../../../src/privacy/index.js';

const V1 = [defineEvent('edit', { tool: plain(oneOf('pen')), layers: count() })];
const V2 = [
  defineEvent('edit', {
    tool: plain(oneOf('pen', 'brush'), { purpose: 'Which tools to work on.' }),
    title: textCount(),
  }),
  defineEvent('share', { people: count() }, { purpose: 'Whether sharing is used.' }),
];

const scopeOf = (classes: readonly object[]) =>
  toConsentScope({
    app: 'acme',
    classes,
    recipient: 'eu.example.com',
    distinctId: 'session',
    untyped: false,
  });

const textOf = (more: object = {}) =>
  changesText({
    app: 'acme',
    catalogue: createCatalogue('acme', V2),
    basis: 'opt-in',
    disableVariable: 'ACME_DISABLE_TELEMETRY',
    command: 'acme telemetry',
    privacyUrl: undefined,
    host: 'https://eu.example.com',
    distinctId: 'session',
    directory: '~/.local/state/acme',
    retentionDays: 30,
    untyped: false,
    nowMs: 0,
    changes: compareScopes(scopeOf(V1), scopeOf(V2)),
    isAgreedKnown: true,
    ...more,
  });

describe('the question about a later version', () => {
  it('tells what is more, with its purpose, and nothing else', () => {
    expect(textOf().sections).toEqual([
      {
        title: 'What is more',
        items: [
          'edit.tool: one of brush, pen; new: brush (was: one of pen); for: Which tools to work on.',
          'edit.title: new, its length in characters',
          'share: new, people; for: Whether sharing is used.',
        ],
      },
    ]);
    expect(textOf().question).toBe('Allow this too? [y/N/more info]: ');
  });

  it('tells what is less, and the whole catalogue, to whom asks for more', () => {
    const [less, ...rest] = textOf().details;
    expect(less).toEqual({ title: 'What is less', items: ['edit.layers: no longer collected'] });
    expect(rest.map(({ title }) => title)).toContain('Event edit');
  });

  it('says of a new recipient who it is, and who it was', () => {
    const changes = compareScopes(scopeOf(V2), { ...scopeOf(V2), recipient: 'us.example.com' });
    expect(textOf({ changes }).sections[0]?.items).toEqual([
      'who receives it: us.example.com (was: eu.example.com)',
    ]);
  });

  it('tells everything where it is not known what was agreed to', () => {
    const { sections, intro } = textOf({ changes: [], isAgreedKnown: false });
    expect(intro).toContain('It is not known any more');
    expect(sections.map(({ title }) => title)).toContain('What is collected');
  });

  it('promises of no answer more than comes of it', () => {
    const { replies } = textOf();
    expect(replies.no).toBe('It stays as it was. You are not asked about this again.');
    expect(replies.unanswered).toContain('it stays as it was');
    expect(textOf({ basis: 'opt-out' }).closing).toContain('Not in this run');
    expect(textOf().closing).toBeUndefined();
  });
});
