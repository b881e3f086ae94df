/** One of each, again and again, until all are through: a long one does not hold up the others. */
export function* takeTurns<T>(queues: readonly Iterable<T>[]): Generator<T> {
  let open = queues.map((queue) => queue[Symbol.iterator]());
  while (open.length > 0) {
    const going: Iterator<T>[] = [];
    for (const queue of open) {
      const { done, value } = queue.next();
      if (done === true) continue;
      going.push(queue);
      yield value;
    }
    open = going;
  }
}
