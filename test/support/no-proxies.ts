/** The proxies of a process whose environment names none. */
export const NO_PROXIES = { http: '', https: '', exceptions: '' };
