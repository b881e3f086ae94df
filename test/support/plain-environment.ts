import { findSurroundings } from '../../src/settings/surroundings.js';

/*
 * Run before each test file: takes what shows a CI system or an agent, and what turns telemetry off everywhere, out of
 * the environment, so that a test says the same on a laptop, in CI and under an agent. A test about them sets its own.
 */
const OFF = ['DO_NOT_TRACK', 'DISABLE_TELEMETRY'];
const NEEDED = ['PATH', 'EDITOR', 'NODE_ENV'];

for (const [name, value] of Object.entries(process.env)) {
  const shows = OFF.includes(name) || findSurroundings({ [name]: value }, () => false).length > 0;
  if (shows && !NEEDED.includes(name)) delete process.env[name];
}
