import { homedir, hostname, userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { machineNames, readMachineNames } from '../../../src/internal/machine-names.js';

describe('the names of a machine', () => {
  it('are what the system says', () => {
    const { username } = userInfo();
    expect(readMachineNames({})).toEqual({
      users: [username],
      host: hostname(),
      home: homedir(),
      workingDirectory: process.cwd(),
    });
  });

  it('include whoever the environment names, once each', () => {
    const env = { USER: 'ada', LOGNAME: 'ada', SUDO_USER: 'grace', USERNAME: '', HOME: '/home/ada' };
    expect(readMachineNames(env).users).toEqual([userInfo().username, 'ada', 'grace']);
  });

  it('are read once', () => {
    expect(machineNames()).toBe(machineNames());
  });
});
