import { afterEach, describe, expect, it, vi } from 'vitest';
import { TelemetryEvent } from '../../../src/events/index.js';
import { boolean, count, event, hash, integer, oneOf, plain } from '../../../src/privacy/index.js';
import { openDoor } from '../privacy/support.js';

@event('built')
class Built extends TelemetryEvent {
  @plain(oneOf('debug', 'release')) mode!: 'debug' | 'release';
  @plain(integer({ min: 0, max: 9 })) level: number | undefined;
  @count() accessor targets: string[] = [];
  @hash() repository?: string;
  @boolean()
  get hasTargets(): boolean {
    return this.targets.length > 0;
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('create', () => {
  it('makes an instance of the class with the given fields', () => {
    const built = Built.create({ mode: 'debug', level: 3, targets: ['a', 'b'], repository: 'acme' });
    expect(built).toBeInstanceOf(Built);
    expect(openDoor().typed(built)).toEqual({
      mode: 'debug',
      level: 3,
      targets: 2,
      repository: expect.stringMatching(/^blake3:/),
      hasTargets: true,
    });
  });

  it('reads its argument, and neither changes nor keeps it', () => {
    const fields = Object.freeze({ mode: 'debug' as const, level: 1, targets: [] });
    const built = Built.create(fields);
    built.level = 2;
    expect(fields.level).toBe(1);
  });

  it.each(['development', 'test'])('throws on a value outside its schema under NODE_ENV=%s', (env) => {
    vi.stubEnv('NODE_ENV', env);
    const create = () => Built.create({ mode: 'hunter2' as never, level: 12, targets: [] });
    expect(create).toThrow(
      expect.objectContaining({
        name: 'EventError',
        code: 'EVENT_VALUE_INVALID',
        message:
          'Field `mode` of Built must be one of debug, release; the string it received is not. 1 more: level. ' +
          'In production the field would be dropped and counted. Correct the value or widen the schema.',
      }),
    );
  });

  it.each(['production', ''])('leaves such a value to be dropped and counted under NODE_ENV=%j', (env) => {
    vi.stubEnv('NODE_ENV', env);
    const built = Built.create({ mode: 'hunter2' as never, level: 12, targets: [] });
    const { typed, dropped } = openDoor();
    expect(typed(built)).toEqual({ targets: 0, repository: null, hasTargets: false });
    expect(dropped).toEqual({ field_invalid: 2 });
  });

  it('throws for nothing that the host’s own objects do', () => {
    const hostile = {
      mode: 'debug' as const,
      get level(): never {
        throw new Error('hunter2');
      },
      targets: [],
      hasTargets: true,
    };
    expect(openDoor().typed(Built.create(hostile))).toEqual({
      mode: 'debug',
      targets: 0,
      repository: null,
      hasTargets: false,
    });
    expect(Built.create(undefined as never)).toBeInstanceOf(Built);
  });
});

describe('serializeForTelemetry', () => {
  it('shows what would leave, hashes as placeholders', () => {
    expect(
      Built.create({
        mode: 'release',
        level: undefined,
        targets: ['x'],
        repository: 'acme',
      }).serializeForTelemetry(),
    ).toEqual({
      mode: 'release',
      targets: 1,
      repository: 'blake3:<hash>',
      hasTargets: true,
    });
  });
});
