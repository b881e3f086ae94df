const CLASSES = Symbol.for('sotto.eventClasses');

/**
 * In the order of naming. Held for good: classes live as long as the modules that declare them. On the process, because
 * an app and its telemetry commands may each have a copy of this package.
 */
const shared = globalThis as { [CLASSES]?: Set<object> };
shared[CLASSES] ??= new Set();
const classes = shared[CLASSES];

export function rememberEventClass(schema: object): void {
  classes.add(schema);
}

/**
 * Every class that this process has named as an event so far: by `@event`, `defineEvent` or `declareConversions` with a
 * name. Sotto's own events are not among them: a program may never use those.
 *
 * @remarks A subclass that adds fields and has no `@event` of its own is not known; name it, or list it.
 */
export function knownEventClasses(): readonly object[] {
  return [...classes];
}

/** How many there are: differs once another was named. */
export function eventClassCount(): number {
  return classes.size;
}
