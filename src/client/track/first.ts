const seen = new WeakSet<object>();

/** Whether a request is seen for the first time: it may pass the same middleware on an app and on a router of it. */
export function isFirst(request: object): boolean {
  if (seen.has(request)) return false;
  seen.add(request);
  return true;
}
