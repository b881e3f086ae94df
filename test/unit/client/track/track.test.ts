import { describe, expect, it, vi } from 'vitest';
import { createTrack } from '../../../../src/client/track/index.js';
import { hostileProxy } from '../../privacy/support.js';
import { BROKEN, listen } from './support.js';

const failure = new TypeError('the host failed');

/** Ways to do one piece of work under observation, and nothing else. */
const WAYS = [
  ['span', (track: ReturnType<typeof createTrack>, work: () => unknown) => track.span('a', work, { event: true, errors: true })],
  ['command', (track: ReturnType<typeof createTrack>, work: () => unknown) => track.command('a', work)],
  ['request', (track: ReturnType<typeof createTrack>, work: () => unknown) => track.request({ method: 'GET', route: '/a' }, work)],
] as const; // biome-ignore format: one table

describe.each(WAYS)('work under track.%s', (_, run) => {
  describe.each([
    ['recording works', () => listen().track],
    ['everything in recording throws', () => createTrack(BROKEN)],
  ])('while %s', (__, openTrack) => {
    it.each([
      undefined, null, 0, '', false, Number.NaN, Symbol.for('s'), 7n, 'text', [1], { a: 1 }, Object.fromEntries([['then', 1]]), () => 1,
      new Response('x'),
    ])('returns exactly what it returns: %s', (value) => {
      const work = vi.fn(() => value);
      expect(run(openTrack(), work)).toBe(value);
      expect(work).toHaveBeenCalledTimes(1);
      expect(work).toHaveBeenCalledWith();
    }); // biome-ignore format: one table

    it.each([failure, undefined, null, 'text', { code: 1 }, hostileProxy('x')])('throws exactly what it throws', (thrown) => {
      let caught: unknown = 'nothing';
      try {
        run(openTrack(), () => {
          throw thrown;
        });
      } catch (error) {
        caught = error;
      }
      expect(caught === thrown).toBe(true);
    }); // biome-ignore format: one row

    it('resolves to the same value, and rejects for the same reason', async () => {
      const value = { a: 1 };
      await expect(run(openTrack(), async () => value)).resolves.toBe(value);
      await expect(run(openTrack(), () => Promise.reject(failure))).rejects.toBe(failure);
    });

    it('runs a thenable once, however lazy it is', async () => {
      const then = vi.fn((resolve: (value: number) => void) => resolve(7));
      await expect(run(openTrack(), () => ({ then }))).resolves.toBe(7);
      expect(then).toHaveBeenCalledTimes(1);
    });

    it('hands out an iterator untouched', () => {
      function* count() {
        yield 1;
        yield 2;
      }
      expect([...(run(openTrack(), count) as Iterable<number>)]).toEqual([1, 2]);
    });

    it('may return what cannot be read', () => {
      const hostile = hostileProxy('hunter2');
      expect(run(openTrack(), () => hostile) === hostile).toBe(true);
    });
  });
});

describe('what is more than a promise', () => {
  const child = Object.assign(Promise.resolve(1), { stdin: {} });
  class Cancelable extends Promise<number> {
    cancel() {}
  }
  // biome-ignore lint/suspicious/noThenProperty: query builders are such objects
  const query = { where: () => query, then: (resolve: (rows: number) => void) => resolve(1) };

  it.each([
    ['a child process', child],
    ['a subclass', new Cancelable((resolve) => resolve(1))],
    ['a query', query],
  ])('is given back as it is: %s', (_, value) => {
    const { track } = listen();
    expect(track.span('work', () => value)).toBe(value);
    expect(track.command('work', () => value)).toBe(value);
  });
});

describe('a rejection under observation', () => {
  it('is unhandled where the host does not handle it, once, and nowhere else', async () => {
    const seen: unknown[] = [];
    const listener = (reason: unknown) => seen.push(reason);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', listener);
    try {
      const { track } = listen();
      await track.span('a', () => Promise.reject(failure)).catch(() => {});
      void track.span('a', () => Promise.reject(failure));
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen).toEqual([failure]);
    } finally {
      process.removeAllListeners('unhandledRejection');
      for (const other of others) process.on('unhandledRejection', other);
    }
  });
});

describe('track.span', () => {
  it('measures the latency by name and outcome, and records no event', async () => {
    const { track, metrics, events, errors, advance } = listen();
    track.span('search.rank', () => advance(5));
    await track.span('search.rank', async () => {
      await null;
      advance(7);
    });
    expect(() => track.span('search.rank', () => { throw failure; })).toThrow(failure);
    expect(metrics).toEqual([
      ['performance.latency', { operation_type: 'search.rank', succeeded: true, duration_ms: 5 }],
      ['performance.latency', { operation_type: 'search.rank', succeeded: true, duration_ms: 7 }],
      ['performance.latency', { operation_type: 'search.rank', succeeded: false, duration_ms: 0 }],
    ]);
    expect([events, errors]).toEqual([[], []]);
  }); // biome-ignore format: one row

  it('records an event and an error where it is asked to', () => {
    const { track, events, errors, advance } = listen();
    const fail = () => {
      advance(3);
      throw failure;
    };
    expect(() => track.span('search.rank', fail, { event: true, errors: true })).toThrow(failure);
    track.span('search.rank', () => 1, { event: true, errors: true });
    expect(events).toEqual([
      ['operation', { $signal: 'span', span_name: 'search.rank', succeeded: false, duration_ms: 3, error_type: 'TypeError' }],
      ['operation', { $signal: 'span', span_name: 'search.rank', succeeded: true, duration_ms: 0 }],
    ]);
    expect(errors).toEqual([[failure, { operation: 'search.rank' }]]);
  }); // biome-ignore format: one table

  it.each([
    ['a string', 'text', 'string'],
    ['nothing', undefined, 'undefined'],
    [
      'an error without a usable name',
      Object.assign(new Error('x'), { name: 'for jane@example.org' }),
      'Error',
    ],
    ['what cannot be read', hostileProxy('hunter2'), 'object'],
  ])('knows the type of a failure with %s', (_, thrown, error_type) => {
    const { track, events } = listen();
    const fail = () => {
      throw thrown;
    };
    try {
      track.span('a', fail, { event: true });
    } catch {
      // The host's own business; what was thrown cannot even be looked at.
    }
    expect(events[0]?.[1]).toMatchObject({ error_type });
  });
});

describe('track.command', () => {
  it('records the command when it has ended', async () => {
    const { track, events, metrics, advance } = listen();
    const running = track.command({ command: 'index', subcommand: 'add' }, async () => {
      await null;
      advance(20);
    });
    expect(events).toEqual([]);
    await running;
    track.command('status', () => 0);
    expect(events).toEqual([
      ['cli.command', { command: 'index', subcommand: 'add', succeeded: true, duration_ms: 20 }],
      ['cli.command', { command: 'status', succeeded: true, duration_ms: 0 }],
    ]);
    expect(metrics).toEqual([]);
  });

  it.each([
    ['ENOENT', 'ENOENT'],
    ['ACME-1001', 'ACME-1001'],
    [2, '2'],
    ['cannot open /home/jane', undefined],
    [undefined, undefined],
    [{}, undefined],
  ])('tells of a failure with the code %j', async (code, error_code) => {
    const { track, events } = listen();
    const thrown = Object.assign(new Error('x'), { code });
    await expect(track.command('status', () => Promise.reject(thrown))).rejects.toBe(thrown);
    expect(events[0]?.[1]).toEqual({ command: 'status', succeeded: false, duration_ms: 0, ...(error_code && { error_code }) });
  }); // biome-ignore format: one row
});

describe('track.request', () => {
  it('records the request, and measures its latency by route', async () => {
    const { track, events, metrics, advance } = listen();
    await track.request({ method: 'get', route: '/contacts/{id}' }, async () => {
      advance(12);
      return { status: 204 };
    });
    expect(events).toEqual([['api.request', { endpoint: '/contacts/:id', method: 'GET', status: 204 }]]);
    expect(metrics).toEqual([
      [
        'performance.latency',
        {
          operation_type: 'api.request',
          endpoint: '/contacts/:id',
          method: 'GET',
          status_class: '2xx',
          duration_ms: 12,
        },
      ],
    ]);
  });

  it.each([
    ['a result with a status', () => ({ status: 404 }), 404],
    ['a result with a status code', () => ({ statusCode: 302 }), 302],
    ['a response', () => new Response(null, { status: 201 }), 201],
    ['a status that is none', () => ({ status: 'active', statusCode: 409 }), 409],
    ['a status of no request', () => ({ status: 7 }), 200],
    ['any other result', () => undefined, 200],
    ['an error with a status', () => { throw Object.assign(new Error('x'), { status: 403 }); }, 403],
    ['any other error', () => { throw failure; }, 500],
  ])('takes the status from %s', (_, work, status) => {
    const { track, events } = listen();
    try {
      track.request({ method: 'GET', route: '/a' }, work as () => unknown);
    } catch {
      // The host's own business.
    }
    expect(events[0]?.[1]).toMatchObject({ status });
  }); // biome-ignore format: one table

  it('leaves the event out where it is asked to', () => {
    const { track, events, metrics } = listen();
    track.request({ method: 'BREW', route: '/a' }, () => 1, { event: false });
    expect(events).toEqual([]);
    expect(metrics).toMatchObject([['performance.latency', { method: 'other', endpoint: '/a' }]]);
  });

  it('counts an answer once', () => {
    const { track, events } = listen();
    const answered = track.startRequest();
    answered({ method: 'GET', route: '/a', status: 200 });
    answered({ method: 'GET', route: '/a', status: 500 });
    expect(events).toHaveLength(1);
  });
});

describe('track.health', () => {
  it('records a state at once', () => {
    const { track, events } = listen();
    void track.health('database', 'degraded');
    expect(events).toEqual([['health', { service: 'database', status: 'degraded' }]]);
  });

  it.each([
    ['gives it', () => 'healthy', 'healthy'],
    ['promises it', async () => 'degraded', 'degraded'],
    ['gives something else', () => 'on fire', 'other'],
    ['throws', () => { throw failure; }, 'unhealthy'],
    ['rejects', () => Promise.reject(failure), 'unhealthy'],
  ])('asks a check that %s', async (_, check, status) => {
    const { track, events } = listen();
    await track.health('database', check as () => string);
    expect(events).toEqual([['health', { service: 'database', status }]]);
  }); // biome-ignore format: one table

  it('never rejects', async () => {
    await expect(createTrack(BROKEN).health('database', 'healthy')).resolves.toBeUndefined();
  });
});
