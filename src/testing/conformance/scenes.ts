import { OFF_SCENES } from './off-scenes.js';
import { ON_SCENES } from './on-scenes.js';
import type { Scene } from './scene.js';

/** Every scene, in the order of the report. */
export const SCENES: readonly Scene[] = [...OFF_SCENES, ...ON_SCENES];

export const SCENE_NAMES: readonly string[] = SCENES.map(({ name }) => name);
