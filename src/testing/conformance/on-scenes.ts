import {
  closedErrors,
  fullDisk,
  homeless,
  noGrowth,
  readOnlyHome,
  unlockHome,
  whyNoShell,
  whyNotFull,
  whyNotHomeless,
  whyNotReadOnly,
} from './homes.js';
import { sayYes } from './say.js';
import type { Scene } from './scene.js';

const SAME = ['same-output', 'same-exit-code', 'quiet-errors'] as const;

/** A server that behaves in some way. */
const server = (name: string, conduct: NonNullable<Scene['conduct']>): Scene => ({
  name,
  checks: [...SAME, 'exit-budget', 'no-surviving-child'],
  said: sayYes,
  conduct,
  isTimed: true,
});

/** A home in which nothing can be kept, or hardly anything. */
const home = (name: string, scene: Pick<Scene, 'around' | 'impossible' | 'restore'>): Scene => ({
  name,
  checks: [...SAME, 'no-surviving-child'],
  said: sayYes,
  ...scene,
});

/** Ctrl-C, while nothing comes of what was sent. */
const interrupted = (name: string, isInterrupted: NonNullable<Scene['isInterrupted']>): Scene => ({
  name,
  checks: ['ends-on-sigint', 'no-surviving-child'],
  said: sayYes,
  conduct: 'black-hole',
  isInterrupted,
});

const ANSWERS = server('server-answers', 'answer');

/** Telemetry is on, and the world is as worlds are. */
export const ON_SCENES: readonly Scene[] = [
  { ...ANSWERS, checks: ['telemetry-ran', ...ANSWERS.checks] },
  server('server-refuses', 'refuse'),
  server('server-black-hole', 'black-hole'),
  server('server-slow', 'slow'),
  server('server-resets', 'reset'),
  home('no-home', { around: homeless, impossible: whyNotHomeless }),
  home('read-only-home', { around: readOnlyHome, impossible: whyNotReadOnly, restore: unlockHome }),
  home('full-disk', { around: fullDisk, impossible: whyNotFull }),
  home('files-may-not-grow', { around: noGrowth, impossible: whyNoShell }),
  { name: 'stdout-closed', checks: ['survives-closed-output'], said: sayYes, stdout: 'closed' },
  {
    name: 'stderr-closed',
    checks: ['survives-closed-output', 'same-output'],
    said: sayYes,
    around: closedErrors,
    impossible: whyNoShell,
  },
  { name: 'stdout-unread', checks: SAME, said: sayYes, stdout: 'unread' },
  { name: 'json', checks: ['json-output', 'same-exit-code', 'quiet-errors'], said: sayYes, isJson: true },
  interrupted('sigint-working', 'working'),
  interrupted('sigint-printing', 'printing'),
  {
    name: 'two-at-once',
    checks: ['same-when-two-at-once', 'no-surviving-child'],
    said: sayYes,
    isTwofold: true,
  },
];
