import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { createHooks } from 'hookable';
import { describe, expect, it } from 'vitest';
import { instrument } from '../../../../src/client/usage/index.js';

/** What was heard, as name and payload. */
function listen() {
  const heard: [string, object][] = [];
  return { heard, record: (name: string, payload: () => object) => void heard.push([name, payload()]) };
}

describe('instrument', () => {
  it('hears an EventEmitter, the names it is given and no others', () => {
    const emitter = new EventEmitter();
    const { heard, record } = listen();
    instrument(emitter, ['saved', 'opened'], record);
    emitter.emit('saved', { size: 3 });
    emitter.emit('closed', { size: 4 });
    emitter.emit('opened');
    emitter.emit('saved', 'a', 2);
    expect(heard).toEqual([
      ['saved', { size: 3 }],
      ['opened', {}],
      ['saved', { args: ['a', 2] }],
    ]);
  });

  it('hears an EventTarget, and the detail of its events', () => {
    const target = new EventTarget();
    const { heard, record } = listen();
    instrument(target, ['saved', 'opened'], record);
    target.dispatchEvent(new CustomEvent('saved', { detail: { size: 3 } }));
    target.dispatchEvent(new CustomEvent('saved', { detail: 'scene' }));
    target.dispatchEvent(new Event('opened'));
    target.dispatchEvent(new Event('closed'));
    expect(heard).toEqual([
      ['saved', { size: 3 }],
      ['saved', { detail: 'scene' }],
      ['opened', {}],
    ]);
  });

  it('hears an object of the package hookable', async () => {
    const hooks = createHooks<Record<string, (payload: object) => void>>();
    const { heard, record } = listen();
    instrument(hooks, ['scene:enter'], record);
    await hooks.callHook('scene:enter', { scenes: 2 });
    await hooks.callHook('scene:leave', { scenes: 1 });
    expect(heard).toEqual([['scene:enter', { scenes: 2 }]]);
  });

  it.each([
    ['an EventEmitter', () => new EventEmitter(), (source: EventEmitter) => source.emit('saved')],
    [
      'an EventTarget',
      () => new EventTarget(),
      (source: EventTarget) => source.dispatchEvent(new Event('saved')),
    ],
    ['hookable', () => createHooks(), (source: ReturnType<typeof createHooks>) => source.callHook('saved')],
  ] as const)('stops hearing %s when it is told to, also twice', async (_, create, fire) => {
    const source = create();
    const { heard, record } = listen();
    const stop = instrument(source, ['saved'], record);
    await fire(source as never);
    stop();
    stop();
    await fire(source as never);
    expect(heard).toHaveLength(1);
  });

  it('leaves an error of an emitter what it is: thrown where nobody listens', () => {
    const emitter = new EventEmitter();
    const { heard, record } = listen();
    instrument(emitter, ['error', 'saved'], record);
    expect(() => emitter.emit('error', new Error('lost'))).toThrow('lost');
    expect(emitter.listenerCount('error')).toBe(0);
    expect(heard).toEqual([]);
  });

  it('hears an event once, however often its name stands there', () => {
    const emitter = new EventEmitter();
    const { heard, record } = listen();
    instrument(emitter, ['saved', 'saved'], record);
    emitter.emit('saved');
    expect(heard).toHaveLength(1);
    expect(emitter.listenerCount('saved')).toBe(1);
  });

  it('hears a function that is an emitter', () => {
    const app = Object.assign(() => {}, EventEmitter.prototype);
    const { heard, record } = listen();
    instrument(app, ['mount'], record);
    app.emit('mount');
    expect(heard).toEqual([['mount', {}]]);
  });

  it('leaves a stream at rest, and signals and uncaught errors to the process', async () => {
    const { heard, record } = listen();
    const stream = Readable.from(['a', 'b', 'c']);
    instrument(stream, ['data', 'readable', 'end'], record);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.readableFlowing).toBe(null);
    expect(await stream.toArray()).toEqual(['a', 'b', 'c']);
    const names = ['SIGTERM', 'SIGUSR2', 'uncaughtException', 'unhandledRejection', 'message'];
    const before = names.map((name) => process.listenerCount(name));
    instrument(process, names, record)();
    instrument(process, names, record);
    expect(names.map((name) => process.listenerCount(name))).toEqual(before);
    expect(heard.map(([name]) => name)).toEqual(['end']);
  });

  it('listens to none where one cannot be listened to, and says why', () => {
    const emitter = new EventEmitter();
    const on = emitter.on.bind(emitter);
    emitter.on = (name, listener) => {
      if (name === 'third') throw new Error('of the host');
      return on(name, listener);
    };
    expect(() => instrument(emitter, ['first', 'second', 'third'], () => {})).toThrow('of the host');
    expect([emitter.listenerCount('first'), emitter.listenerCount('second')]).toEqual([0, 0]);
  });

  it('does not look at a payload that is not recorded', () => {
    const emitter = new EventEmitter();
    instrument(emitter, ['saved'], () => {});
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('looked');
        },
      },
    );
    expect(emitter.emit('saved', hostile)).toBe(true);
  });

  it.each([undefined, null, 'emitter', 7, {}, { on: true, off: true }])(
    'refuses %j with a clear error',
    (source) => {
      expect(() => instrument(source as never, ['saved'], () => {})).toThrow(
        expect.objectContaining({ code: 'OPTION_INVALID' }),
      );
    },
  );
});
