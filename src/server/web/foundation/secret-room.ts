import { randomBytes } from 'node:crypto';

/** Where rooms stand that nobody can guess. */
export const SECRET_ROOMS = '/p';

/**
 * A path that is of this process alone: 144 random bits. Cookies do not tell the ports of a machine apart; of a cookie for this path no
 * other server hears, as none can lead a browser there.
 *
 * @returns such as `/p/3q2-7wAB…`, without a slash at its end
 */
export const createSecretRoom = (): string => `${SECRET_ROOMS}/${randomBytes(18).toString('base64url')}`;
