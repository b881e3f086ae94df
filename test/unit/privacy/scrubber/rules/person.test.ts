import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

describe('people and their machines', () => {
  it.each([
    ["permission denied for user 'kim.s'", "permission denied for user '<USER>'"],
    [
      'Failed password for invalid user kims from 10.0.0.9',
      'Failed password for invalid user <USER> from <IP>',
    ],
    ['session opened for user kims by (uid=0)', 'session opened for user <USER> by (uid=0)'],
    ['sudo: kims : user NOT in sudoers', 'sudo: <USER> : user NOT in sudoers'],
    ['uid=501(kims) gid=20', 'uid=501(<USER>) gid=20'],
    ['kims@laptop acme % npm test', '<USER> acme % npm test'],
    ['ssh -p 22 kims@build-7', 'ssh -p 22 <USER>@build-7'],
    ['login as CORP\\kims', 'login as <USER>'],
    ['on DESKTOP-7HV2KQ4', 'on <HOST>'],
    ['Kims-MacBook-Pro.local is offline', '<HOST> is offline'],
    ['getaddrinfo ENOTFOUND db01.corp.internal', 'getaddrinfo ENOTFOUND <HOST>'],
  ])('are taken out of %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    "user 'root' exists",
    'session closed for user root',
    'git@{upstream}',
    'foo@bar',
    'the user clicked',
    'MacBook Pro',
    'ENOTFOUND host.docker.internal',
    'settings.local',
  ])('are not seen in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});
