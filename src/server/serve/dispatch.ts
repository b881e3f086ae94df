import { problemOf, problemResponse } from '../http/index.js';

/** Answers a request; what the adapter knows of the connection comes with it. */
export type Answer = (request: Request, env?: object) => Response | Promise<Response>;

/** The paths that belong to one role, and who answers there. */
export interface Door {
  /** Such as `/api/v1`: this path and all below it. */
  readonly paths: readonly string[];
  readonly answer: Answer;
}

/** Several apps behind one address. Each keeps to itself: what one of them checks or sets is nothing to the others. */
export function createDispatch(doors: readonly Door[], otherwise: Answer = notFound): Answer {
  return (request, env) => {
    const { pathname } = new URL(request.url);
    const door = doors.find(({ paths }) => paths.some((path) => isWithin(pathname, path)));
    return (door?.answer ?? otherwise)(request, env);
  };
}

function isWithin(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(`${path}/`);
}

const notFound: Answer = () =>
  problemResponse(problemOf('REQUEST_NOT_FOUND', 'There is nothing at this path.'));
