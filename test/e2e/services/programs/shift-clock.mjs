/* Moves the clock of a program by CLOCK_SHIFT_MS: what it says is then the same at any hour of the day. */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const now = Date.now;
Date.now = () => now() + shiftMs;
