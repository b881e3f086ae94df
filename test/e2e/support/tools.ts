import { execFileSync } from 'node:child_process';

/** Whether these programs can be run here. A machine that checks changes has them, and leaves nothing out where it does not. */
export function hasTools(tools: readonly string[]): boolean {
  return process.env.CI !== undefined || tools.every(isInstalled);
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
