import { describe, expect, it } from 'vitest';
import { renderDetails, renderText } from '../../../../../src/consent/dialogue/index.js';
import {
  BUILT_IN_EVENTS,
  type CatalogueField,
  createCatalogue,
  defineEvent,
} from '../../../../../src/events/index.js';
import { count, forbidden, hash, nested, oneOf, plain, textCount } from '../../../../../src/privacy/index.js';
import { CodeSearch, INPUT, itemsOf, Started, textOf } from './support.js';

const PLAIN = { width: 80, color: false, unicode: true };

const catalogueOf = (...classes: readonly object[]) => ({ catalogue: createCatalogue('acme', classes) });

describe('the question', () => {
  it('shows what is collected, what never is, how to stop it and where the details are', () => {
    const text = textOf();
    expect(`${renderText(text, PLAIN)}\n${text.question}`).toMatchInlineSnapshot(`
      "Telemetry of acme
      It tells the makers of acme how it is used. It is off unless you say yes.

      What is collected
        • code_search: intent, query (length), repository (keyed hash), file (keyed
          hash), results (how many), matches (2 values), languages (how often each),
          scores (one number) and 2 more
        • started: that it happened
        • with every event: coarse facts of this computer (operating system, its major
          version, kind of processor, version of Node.js, number of processors, size
          of memory, whether it is a build server), the time, and random ids
        • only after a second yes (tools-over-privacy, acme telemetry enable
          tools-over-privacy): query_redacted, texts with what identifies replaced
          where it is recognised

      What never is
        • the content of query, repository, file, results, matches.line, languages and
          3 more: only what is said above leaves of it
        • matches.path, apiKey: declared never to leave
        • without that second yes: free text, names of people, e-mail addresses, file
          paths, network addresses, passwords and keys
        • anything that is not listed

      How to stop it
        • acme telemetry disable
        • ACME_DISABLE_TELEMETRY=1 or DO_NOT_TRACK=1 in the environment

      Where the details are
        • https://acme.example/telemetry
        • acme telemetry catalog: every field
        • acme telemetry preview: what would be sent

      Enable telemetry? [y/N/more info]: "
    `);
  });

  it('tells everything to who asks for more', () => {
    expect(renderDetails(textOf(), PLAIN)).toMatchInlineSnapshot(`
      "Event code_search
        • intent: one of UNDERSTAND, DEBUG; such as "UNDERSTAND"
        • query: its length in characters; such as 24
        • query_redacted: the text itself with what identifies replaced, at most 1,000
          characters, only after a second yes (tools-over-privacy); such as "why does
          <EMAIL> not open <PATH>"
        • repository: a keyed hash, the same for equal values of this installation;
          such as "blake3:<hash>"
        • file: a keyed hash, the same for equal values of one session; such as
          "blake3:<hash>"
        • results: how many there are; such as 3
        • matches.score: a number from 0 to 1; such as 0.5
        • matches.line: its length in characters; such as 24
        • languages: how often each of go, rust occurs, and anything else as other;
          such as {"go":2,"rust":1}
        • scores: the mean of its numbers; such as 2.5
        • configPath: whether there is something in it, yes or no; such as true
        • settings: for each name in it whether it is set, yes or no; never what it is
          set to; such as {"theme":true,"proxy":false}
        • matches.path: never leaves
        • apiKey: never leaves

      Event started
        • that it happened

      With every event
        • os.type: one of linux, darwin, windows, freebsd, openbsd, any other string
          as other; such as "linux"; for: deciding which systems to support
        • os.version: a short text of one fixed form; such as "1"; for: deciding which
          systems to support
        • host.arch: one of x64, arm64, arm, ia32, riscv64, any other string as other;
          such as "x64"; for: deciding which systems to support
        • process.runtime.version: a short text of one fixed form; such as "1"; for:
          deciding which versions of Node.js to support
        • host.cpu_count: one of 1, 2, 3-4, 5-8, 9-16, 17+; such as "1"; for: telling
          a slow program from a small machine
        • host.memory_gib: one of 0-2, 3-4, 5-8, 9-16, 17-32, 33-64, 65+; such as
          "0-2"; for: telling a slow program from a small machine
        • ci: true or false; such as true; for: telling build servers from people
        • when it was recorded, a random id of its own, and the version of the library
          that sends it
        • where feature flags are used, which variants were chosen

      Who receives it
        • https://us.i.posthog.com
        • as with any request, that server sees the network address it comes from; it
          is asked not to look up a place for it

      What can be linked
        • events carry a random id of their session: the events of one session belong
          together, and two sessions cannot be linked by it
        • repository: pseudonymous. Equal values can be recognised from session to
          session on this installation, and nowhere else
        • file: equal values can be recognised within one session only

      How long it is kept
        • on this computer for at most 30 days, where you can read it:
          ~/.local/share/acme/telemetry
        • what cannot be sent at once waits there as long; it may be sent when the
          program has ended, by a short process of its own
        • by whoever receives it: see https://acme.example/telemetry
      "
    `);
  });

  it('names the command where there is one, and the variables always', () => {
    expect(itemsOf(textOf(), 'How to stop it')).toEqual([
      'acme telemetry disable',
      'ACME_DISABLE_TELEMETRY=1 or DO_NOT_TRACK=1 in the environment',
    ]);
    const without = textOf({ command: undefined, privacyUrl: undefined });
    expect(itemsOf(without, 'How to stop it')).toEqual([
      'ACME_DISABLE_TELEMETRY=1 or DO_NOT_TRACK=1 in the environment',
    ]);
    expect(without.sections.map(({ title }) => title)).not.toContain('Where the details are');
    expect(JSON.stringify(without)).not.toContain('undefined');
  });

  it('shows the first of many events, and where the others are', () => {
    const events = Array.from({ length: 9 }, (_, index) => defineEvent(`event_${index}`, {}));
    const many = catalogueOf(...events);
    expect(itemsOf(textOf(many), 'What is collected')).toContain('3 more events: see acme telemetry catalog');
    expect(itemsOf(textOf({ ...many, command: undefined }), 'What is collected')).toContain(
      '3 more events: answer "more info" to see them',
    );
    const notice = textOf({ ...many, command: undefined, basis: 'opt-out' });
    expect(itemsOf(notice, 'What is collected')).toContain('event_8: that it happened');
  });

  it('cuts an app’s name, and lets nothing of it act on the terminal', () => {
    const app = `\u001b[31mEvil\u001b[0m\u0007\n\u202e\u200b ${'x'.repeat(300)}`;
    expect(textOf({ app }).heading).toBe(`Telemetry of Evil ${'x'.repeat(55)}`);
    expect(textOf({ app: '👩‍👩‍👧 tool' }).heading).toBe('Telemetry of 👩‍👩‍👧 tool');
    expect(textOf({ app: '\u001b[0m' }).heading).toBe('Telemetry of this program');
  });

  it('never says anonymous', () => {
    const all = textOf({
      untyped: true,
      distinctId: 'installation',
      ...catalogueOf(CodeSearch, ...BUILT_IN_EVENTS),
    });
    expect(JSON.stringify(all)).not.toMatch(/anonym/i);
  });
});

/** Names of everything that leaves, at every depth. */
const pathsOf = (fields: readonly CatalogueField[], prefix = ''): string[] =>
  fields.flatMap(({ name, fields: inside }) =>
    inside.length > 0 ? pathsOf(inside, `${prefix}${name}.`) : [prefix + name],
  );

describe('more info', () => {
  it('names every field of every event, and what every event says', () => {
    const catalogue = createCatalogue('acme', [CodeSearch, Started, ...BUILT_IN_EVENTS]);
    const text = textOf({ catalogue });
    for (const { name, fields } of catalogue.events) {
      const said = itemsOf(text, `Event ${name}`).map((item) => item.slice(0, item.indexOf(':')));
      expect(said).toEqual(expect.arrayContaining(pathsOf(fields)));
    }
    const said = itemsOf(text, 'With every event').map((item) => item.slice(0, item.indexOf(':')));
    expect(said).toEqual(expect.arrayContaining(pathsOf(catalogue.common)));
  });

  it('names every field that can be linked', () => {
    const links = itemsOf(textOf(), 'What can be linked').join('\n');
    expect(links).toMatch(/repository: pseudonymous/);
    expect(links).toMatch(/file: equal values can be recognised within one session only/);
    expect(itemsOf(textOf({ untyped: true }), 'What can be linked').join('\n')).toMatch(
      /repository, what stands under a name that identifies: pseudonymous/,
    );
  });

  it.each([
    ['session', /random id of their session.*cannot be linked/],
    ['installation', /random id of this installation.*pseudonymous.*erased when you say no/],
  ] as const)('says what an id of the %s links', (distinctId, expected) => {
    expect(itemsOf(textOf({ distinctId }), 'What can be linked').join('\n')).toMatch(expected);
  });

  it('says who receives it and how long it is kept', () => {
    expect(itemsOf(textOf(), 'Who receives it')).toContain('https://us.i.posthog.com');
    expect(itemsOf(textOf({ retentionDays: 1 }), 'How long it is kept')).toEqual([
      'on this computer for at most 1 day, where you can read it: ~/.local/share/acme/telemetry',
      'what cannot be sent at once waits there as long; it may be sent when the program has ended, by a short process of its own',
      'by whoever receives it: see https://acme.example/telemetry',
    ]);
    expect(itemsOf(textOf({ directory: undefined, privacyUrl: undefined }), 'How long it is kept')).toEqual([
      'by whoever receives it: as its makers decide',
    ]);
  });
});

describe('why, who and how long', () => {
  const Told = defineEvent(
    'told',
    {
      rows: count({ purpose: 'sizing the table', owner: 'table team', expires: '2027-01-31' }),
      mode: plain(oneOf('x')),
    },
    { purpose: 'learning how tables are used', owner: 'telemetry@acme.example', expires: '2027-06-30' },
  );
  const told = catalogueOf(Told);

  it('is said of an event in the question, of everything in more info', () => {
    expect(itemsOf(textOf(told), 'What is collected')).toContain(
      'told: rows (how many), mode; for: learning how tables are used',
    );
    expect(itemsOf(textOf(told), 'Event told')).toEqual([
      'for: learning how tables are used',
      'answered for by: telemetry@acme.example',
      'no longer from: 2027-06-30',
      'rows: how many there are; such as 3; for: sizing the table; answered for by: table team; no longer from: 2027-01-31',
      'mode: one of x; such as "x"',
    ]);
  });

  it('is cut between words where the question has no room for it', () => {
    const purpose = 'a purpose that goes on and on '.repeat(6).trim();
    const Long = defineEvent('long', {}, { purpose });
    const [item = ''] = itemsOf(textOf(catalogueOf(Long)), 'What is collected');
    expect(item).toMatch(/^long: that it happened; for: a purpose .* (?:a|purpose|that|goes|on|and)\.\.\.$/);
    expect(item.length).toBeLessThan(120);
    expect(itemsOf(textOf(catalogueOf(Long)), 'Event long')).toContain(`for: ${purpose}`);
  });

  const at = (day: string) => textOf({ ...told, nowMs: Date.parse(`${day}T00:00:00Z`) });

  it('ends a field on its day, and an event on its own', () => {
    expect(JSON.stringify(at('2027-01-30'))).toContain('rows');
    expect(JSON.stringify(at('2027-01-31'))).not.toContain('rows');
    expect(itemsOf(at('2027-06-29'), 'Event told')).not.toEqual([]);
    expect(JSON.stringify(at('2027-06-30'))).not.toContain('told');
  });

  it('ends what is inside of a group, and what is promised of it', () => {
    class Row {
      @count({ expires: '2027-01-31' }) cells: unknown[] = [];
      @textCount() title = '';
    }
    const Group = catalogueOf(defineEvent('group', { row: nested(() => Row) }));
    const text = textOf({ ...Group, nowMs: Date.parse('2027-01-31') });
    expect(itemsOf(text, 'What never is')[0]).toContain('the content of row.title:');
    expect(JSON.stringify(text)).not.toContain('cells');
  });
});

describe('what a session says', () => {
  class Plan {
    @plain(oneOf('free', 'paid'), { purpose: 'knowing who is served' }) plan: 'free' | 'paid' = 'free';
    @hash() team = '';
  }

  it('is told in the question, in more info, and where it can be linked', () => {
    const text = textOf(catalogueOf(Started, Plan));
    expect(itemsOf(text, 'What is collected')).toContain(
      'of a session, with every event of it: plan, team (keyed hash)',
    );
    expect(itemsOf(text, 'With every event of a session')[0]).toBe(
      'plan: one of free, paid; such as "free"; for: knowing who is served',
    );
    expect(itemsOf(text, 'What can be linked').join()).toMatch(/team: pseudonymous/);
    expect(itemsOf(textOf(), 'With every event of a session')).toEqual([]);
  });
});

describe('what is promised never to leave', () => {
  const never = (...args: Parameters<typeof textOf>) => itemsOf(textOf(...args), 'What never is');

  it('follows the classes: a field that is forbidden, and one that is reduced', () => {
    const A = defineEvent('a', { token: forbidden(), text: textCount() });
    expect(never(catalogueOf(A))).toEqual([
      'the content of text: only what is said above leaves of it',
      'token: declared never to leave',
      'free text, names of people, e-mail addresses, file paths, network addresses, passwords and keys',
      'anything that is not listed',
    ]);
    const B = defineEvent('b', { mode: plain(oneOf('x')) });
    expect(never(catalogueOf(B))).toHaveLength(2);
  });

  it('is less where undeclared values may leave', () => {
    const Open = defineEvent('open', { a: count() }, { undeclared: 'plain' });
    for (const promised of [never({ untyped: true }), never(catalogueOf(Open))]) {
      expect(promised.join('\n')).not.toMatch(/names of people|not listed/);
      expect(promised).toContain(
        'e-mail addresses, file paths, network addresses, passwords and keys, wherever they are recognised',
      );
    }
    expect(itemsOf(textOf(catalogueOf(Open)), 'What is collected')[0]).toBe(
      'open: a (how many); and what else it is given, reduced',
    );
  });

  it('is less with the second yes, and says so', () => {
    expect(never().join('\n')).toMatch(/without that second yes: free text/);
    expect(itemsOf(textOf(), 'What is collected').join('\n')).toMatch(
      /only after a second yes \(tools-over-privacy, acme telemetry enable tools-over-privacy\): query_redacted/,
    );
    const A = defineEvent('a', { user: hash() });
    expect(never(catalogueOf(A)).join('\n')).not.toMatch(/second yes/);
  });
});

describe('the notice of an app that sends unless told not to', () => {
  it('says when sending starts and how to prevent it', () => {
    const notice = textOf({ basis: 'opt-out' });
    expect(notice.closing).toBe(
      'Nothing is sent in this run. From the next run on events are sent, unless you say no: acme telemetry disable.',
    );
    expect(notice.intro).not.toMatch(/unless you say yes/);
    expect(renderText(notice, PLAIN).trim().endsWith('acme telemetry disable.')).toBe(true);
    expect(notice.sections).toEqual(textOf().sections);
  });

  it('names the variable where there is no command', () => {
    expect(textOf({ ...INPUT, basis: 'opt-out', command: undefined }).closing).toMatch(
      /unless you say no: ACME_DISABLE_TELEMETRY=1 or DO_NOT_TRACK=1 in the environment\.$/,
    );
  });
});
