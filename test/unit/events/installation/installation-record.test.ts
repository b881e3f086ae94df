import { describe, expect, it } from 'vitest';
import { createInstallationRecord } from '../../../../src/events/index.js';
import { knownEventClasses, modelOfSchema } from '../../../../src/privacy/index.js';
import { hostileProxy, openDoor } from '../../privacy/support.js';

function openRecord() {
  let nowMs = 5_000;
  const door = openDoor();
  const record = createInstallationRecord(() => nowMs);
  return {
    record,
    door,
    advance: (ms: number) => {
      nowMs += ms;
    },
    /** Name and properties as they would leave. */
    send: (event: object | undefined) => event && [modelOfSchema(event.constructor)?.event?.name, door.typed(event)],
  };
} // biome-ignore format: one row

describe('an installation', () => {
  it('is told from start to end', () => {
    const { record, send, advance, door } = openRecord();
    expect(
      send(record.start({ no_models: false, parallel: 4, target: '/home/jane', token: undefined })),
    ).toEqual([
      'installation_start',
      { installation_args: { no_models: false, parallel: 4, target: '<sanitized>', token: '<sanitized>' } },
    ]);
    expect(send(record.step('nodejs_check', 'started'))).toEqual([
      'installation_step',
      { step_name: 'nodejs_check', status: 'started' },
    ]);
    advance(1_234);
    expect(send(record.step('nodejs_check', 'completed', { version: '20.20.2', home: '/home/jane' }))).toEqual([
      'installation_step',
      {
        step_name: 'nodejs_check', status: 'completed', duration_seconds: 1.23,
        details: { version: '20.20.2', home: expect.stringMatching(/^blake3:/) },
      },
    ]); // biome-ignore format: one table
    record.step('web_gui', 'skipped');
    record.step('sdxl_models', 'failed');
    advance(1_000);
    expect(send(record.complete({ success: true, summary: { models: 2, note: 'all is well' } }))).toEqual([
      'installation_complete',
      {
        success: true, status: 'completed', duration_seconds: 2.23, steps_completed: 1, steps_failed: 1, steps_skipped: 1,
        summary: { models: 2, note: 11 },
      },
    ]); // biome-ignore format: one table
    expect(door.dropped).toEqual({});
  });

  it('that failed says so', () => {
    const { record, send } = openRecord();
    record.start();
    expect(send(record.complete({ success: false }))?.[1]).toMatchObject({
      success: false,
      status: 'failed',
    });
  });

  it('that was cancelled says what it came to', () => {
    const { record, send, advance } = openRecord();
    record.start();
    record.step('ollama_check', 'completed');
    advance(500);
    expect(send(record.cancel())?.[1]).toEqual({
      success: false, status: 'cancelled', duration_seconds: 0.5, steps_completed: 1, steps_failed: 0, steps_skipped: 0,
    }); // biome-ignore format: one row
  });

  it('that never began cannot be cancelled', () => {
    expect(openRecord().record.cancel()).toBeUndefined();
  });

  it('begins with its first step where nobody said so', () => {
    const { record, send, advance } = openRecord();
    expect(record.step('ollama_check', 'completed')).toBeDefined();
    advance(250);
    expect(record.start()).toBeUndefined();
    expect(send(record.cancel())?.[1]).toMatchObject({ duration_seconds: 0.25 });
  });

  it('may be complete without anything before', () => {
    const { record, send } = openRecord();
    expect(send(record.complete({ success: true }))?.[1]).toMatchObject({ duration_seconds: 0, steps_completed: 0 });
  }); // biome-ignore format: one row

  it('ends once, and nothing follows', () => {
    const { record } = openRecord();
    expect(record.complete({ success: true })).toBeDefined();
    expect(record.complete({ success: false })).toBeUndefined();
    expect(record.cancel()).toBeUndefined();
    expect(record.step('late', 'completed')).toBeUndefined();
    expect(record.start()).toBeUndefined();
  });

  it('counts each step once, as what became of it last', () => {
    const { record, send } = openRecord();
    record.step('download', 'failed');
    record.step('download', 'failed');
    record.step('download', 'completed');
    record.step('unpack', 'failed');
    const [, properties] = send(record.complete({ success: true })) ?? [];
    expect(properties).toMatchObject({ steps_completed: 1, steps_failed: 1, steps_skipped: 0 });
  });

  it('has a closed list of what becomes of a step, and names that are labels', () => {
    const { record, send } = openRecord();
    expect(send(record.step('/home/jane/setup.sh', 'exploded'))?.[1]).toEqual({ status: 'other' });
  });

  it('has no events that the program would have named itself', () => {
    const { record } = openRecord();
    const events = [record.start(), record.step('a', 'started'), record.complete({ success: true })];
    for (const event of events) expect(knownEventClasses()).not.toContain(event?.constructor);
  });
});

describe('the arguments of an installation', () => {
  const sent = (args: unknown) => {
    const { record, send } = openRecord();
    return (send(record.start(args as object))?.[1] as { installation_args?: object })?.installation_args;
  };

  it.each([
    ['text', 'fast'], ['null', null], ['undefined', undefined], ['a list', [1]], ['a record', { a: 1 }], ['NaN', Number.NaN],
    ['a bigint', 1n], ['a function', () => 1],
  ])('do not say what %s was', (_, value) => {
    expect(sent({ mode: value })).toEqual({ mode: '<sanitized>' });
  }); // biome-ignore format: one table

  it('do not say a number that stands under the name of something that identifies', () => {
    expect(sent({ user_id: 4711, retries: 2 })).toEqual({ user_id: '<sanitized>', retries: 2 });
  });

  it('have the names of options only', () => {
    expect(
      sent({ 'no-models': true, 'jane@example.org': true, '/home/jane': 1, 'two words': 1, 'a.txt': 1 }),
    ).toEqual({
      'no-models': true,
    });
    expect(sent(JSON.parse('{"__proto__": 1, "a": 1}'))).toEqual({ a: 1 });
  });

  it('may throw on being read', () => {
    const args = { a: true, get b(): never { throw new Error('hunter2'); } };
    expect(sent(args)).toEqual({ a: true, b: '<sanitized>' });
    expect(sent(hostileProxy('hunter2'))).toBeUndefined();
  }); // biome-ignore format: one row

  it('are fifty at most', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`option_${index}`, true]));
    expect(Object.keys(sent(many) ?? {})).toHaveLength(50);
  });
});
