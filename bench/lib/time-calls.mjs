/**
 * How long one call takes.
 *
 * @param {number} calls how many are timed together
 * @param {(index: number) => unknown} call what it returns is kept, so that the engine cannot leave the call out
 * @returns {() => number} nanoseconds per call, measured anew each time
 */
export const timeCalls = (calls, call) => () => {
  let last;
  const started = process.hrtime.bigint();
  for (let index = 0; index < calls; index += 1) last = call(index);
  const durationNs = Number(process.hrtime.bigint() - started);
  keep(last);
  return durationNs / calls;
};

let kept;
function keep(value) {
  kept = value;
  return kept;
}
