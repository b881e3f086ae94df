/** Texts, their layout and the question, loaded when there is something to say: most runs say nothing. */
export function loadDialogue(): Promise<typeof import('./dialogue/index.js')> {
  return import('./dialogue/index.js');
}
