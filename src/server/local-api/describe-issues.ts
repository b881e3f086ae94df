import type { z } from '@hono/zod-openapi';
import type { FieldProblem } from './problem.js';

/** What is wrong with the parts of a request, without anything that it holds. */
export function describeIssues({ issues }: z.ZodError): readonly FieldProblem[] {
  return issues.map((issue) => ({ path: issue.path.join('.'), rule: ruleOf(issue as z.core.$ZodIssue) }));
}

function ruleOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${issue.expected === 'boolean' ? 'true or false' : `of type ${issue.expected}`}`;
    case 'unrecognized_keys':
      return 'may have no other members than those that the API describes';
    // Of our own making: they quote nothing.
    case 'custom':
      return issue.message;
    default:
      return 'must be as the API describes it';
  }
}
