const WARM_UP_SAMPLES = 10;

/**
 * How long one call takes, many times over.
 *
 * @param {(index: number) => unknown} call what it returns is kept, so that the engine cannot leave the call out
 * @param {{ calls: number, samples: number }} options calls in one sample
 * @returns {number[]} nanoseconds per call, one value per sample
 */
export function sampleCalls(call, { calls, samples }) {
  for (let sample = 0; sample < WARM_UP_SAMPLES; sample += 1) measure(call, calls);
  return Array.from({ length: samples }, () => measure(call, calls));
}

function measure(call, calls) {
  let last;
  const started = process.hrtime.bigint();
  for (let index = 0; index < calls; index += 1) last = call(index);
  const durationNs = Number(process.hrtime.bigint() - started);
  keep(last);
  return durationNs / calls;
}

let kept;
function keep(value) {
  kept = value;
  return kept;
}
