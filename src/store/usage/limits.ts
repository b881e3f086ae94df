/** Of what an event or a sample says, as JSON. Hundreds of them are kept, and read whole whenever somebody looks. */
export const MAX_PAYLOAD_BYTES = 4_096;
/** More than privacy lets through. Deeper nesting was written by hand, and would exhaust the stack of who prints it. */
export const MAX_PAYLOAD_DEPTH = 32;
/** So many names are told apart, more than a program has buttons; the others are counted together, so that sums stay true. */
export const MAX_FEATURES = 500;
/** Of one feature. */
export const MAX_VARIANTS = 50;
export const MAX_HOOKS = 200;
/** What the names beyond are counted under. */
export const OTHER = 'other';
/** The last ones. */
export const MAX_EVENTS = 200;
/** The last ones, of one hook. */
export const MAX_SAMPLES = 5;
/** A log is finished at this size: about a thousand records, which take some milliseconds to add up. */
export const FULL_LOG_BYTES = 131_072;
/** A log a record longer than full is ours; one so large is not. */
export const MAX_LOG_BYTES = 1_048_576;
/** All of the above at their most take about 7 MB. */
export const MAX_TOTAL_BYTES = 16_777_216;
