import type {
  trackExpress as RealExpress,
  trackFastify as RealFastify,
  trackHono as RealHono,
} from '../client/index.js';

export const trackHono: typeof RealHono = () => (_context, next) => next();

export const trackExpress: typeof RealExpress = () => (_request, _response, next) => next();

export const trackFastify: typeof RealFastify = () => {
  const plugin = (_instance: unknown, _options: unknown, done: () => void) => done();
  const mark = { [Symbol.for('skip-override')]: true };
  return Object.assign(plugin, mark) as unknown as ReturnType<typeof RealFastify>;
};
