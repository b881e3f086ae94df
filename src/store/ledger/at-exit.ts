const works = new Set<() => void>();

/**
 * Have something done when the process ends in an ordinary way, by `process.exit()` too. Not at a signal that kills it.
 *
 * @param work - synchronous and short; never throws
 * @returns how to cancel it
 * @remarks One listener for all, and none while there is nothing to do: hosts count the listeners of their process.
 */
export function atExit(work: () => void): () => void {
  if (works.size === 0) process.once('exit', runAll);
  works.add(work);
  return () => {
    works.delete(work);
    if (works.size === 0) process.off('exit', runAll);
  };
}

function runAll(): void {
  for (const work of works) work();
}
