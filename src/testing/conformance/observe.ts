import { median } from './median.js';
import type { Baseline, Delay, Observation, Outcome, Performance } from './observation.js';
import { perform, type Stage } from './perform.js';
import { isPlain, type Scene } from './scene.js';

const PAIRS = 3;

/** Run the command in a scene and in its twin, and see how the one differs from the other. */
export async function observe(
  stage: Stage,
  scene: Scene,
  baseline: Baseline,
  graceMs: number,
): Promise<Observation> {
  const twin = isPlain(scene) ? baseline.outcome : await outcomeOfTwin(stage, scene);
  const performance = await perform(stage, scene, 'itself', graceMs);
  const delay = scene.isTimed && (await measureDelay(stage, scene, { performance, twin }));
  return { performance, twin, delay };
}

async function outcomeOfTwin(stage: Stage, scene: Scene): Promise<Outcome> {
  return (await perform(stage, scene, 'twin', 0)).outcomes[0];
}

/** In turn, so that what else the machine does falls on both. What is left behind is looked at in the first pair only. */
async function measureDelay(
  stage: Stage,
  scene: Scene,
  first: { readonly performance: Performance; readonly twin: Outcome },
): Promise<Delay> {
  const [twins, outcomes] = [[first.twin], [first.performance.outcomes[0]]];
  while (outcomes.length < PAIRS) {
    twins.push(await outcomeOfTwin(stage, scene));
    outcomes.push((await perform(stage, scene, 'itself', 0)).outcomes[0]);
  }
  return toDelay(outcomes, twins);
}

/** From the last byte to the end; of a command that says nothing, from its start. */
function toDelay(outcomes: readonly Outcome[], twins: readonly Outcome[]): Delay {
  const isSilent = [...outcomes, ...twins].some(({ exitMs }) => exitMs === undefined);
  const toMs = ({ exitMs, durationMs }: Outcome) => (isSilent ? durationMs : (exitMs ?? durationMs));
  return { withMs: median(outcomes.map(toMs)), withoutMs: median(twins.map(toMs)), runs: outcomes.length };
}
