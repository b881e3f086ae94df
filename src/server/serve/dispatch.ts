import { refuseUnknownPath } from '../http/index.js';

/** Answers a request; what the adapter knows of the connection comes with it. */
export type Answer = (request: Request, env?: object) => Response | Promise<Response>;

/** The paths that belong to one role, and who answers there. */
export interface Door {
  /** Such as `/api/v1`: this path and all below it. */
  readonly paths: readonly string[];
  readonly answer: Answer;
}

/** A Hono app, whatever its environment is. */
export interface App {
  fetch(request: Request, env?: object): Response | Promise<Response>;
}

export const toAnswer =
  (app: App): Answer =>
  (request, env) =>
    app.fetch(request, env);

export const toDoor = (paths: readonly string[], app: App): Door => ({ paths, answer: toAnswer(app) });

/** Several apps behind one address. Each keeps to itself: what one of them checks or sets is nothing to the others. */
export function createDispatch(doors: readonly Door[], otherwise: Answer = refuseUnknownPath): Answer {
  return (request, env) =>
    (findDoor(doors, new URL(request.url).pathname)?.answer ?? otherwise)(request, env);
}

export function findDoor(doors: readonly Door[], pathname: string): Door | undefined {
  return doors.find(({ paths }) => paths.some((path) => isWithin(pathname, path)));
}

function isWithin(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`);
}
