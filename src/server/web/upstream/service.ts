/** A service that pages ask by requests, as any other program would: in this process, or behind an address. */
export type Service = (request: Request) => Response | Promise<Response>;
