import { type OpenCapture, openCapture } from './capture/index.js';
import { type CreateMachine, createMachine, type RunCommand, runCommand } from './machine/index.js';

/** What checks of a command do to the world. */
export interface CheckEffects {
  readonly openCapture: OpenCapture;
  readonly createMachine: CreateMachine;
  readonly runCommand: RunCommand;
}

export const EFFECTS: CheckEffects = { openCapture, createMachine, runCommand };
