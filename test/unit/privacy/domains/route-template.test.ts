import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneOf, routeTemplate, UNMATCHED_ROUTE } from '../../../../src/privacy/index.js';

const PLANTED_TOKEN = ['sk', 'live', 'x'.repeat(24)].join('_');

describe('the template of a route', () => {
  it.each([
    ['/contacts/:id', '/contacts/:id'],
    ['/', '/'],
    ['', '/'],
    ['contacts/', '/contacts'],
    ['/contacts/:contactId/notes', '/contacts/:id/notes'],
    ['/contacts/{id}', '/contacts/:id'],
    ['/contacts/[contact]', '/contacts/:id'],
    ['/contacts/<int:contact>', '/contacts/:id'],
    ['/at/:hour(^\\d{2})h', '/at/:id'],
    ['/files/*', '/files/*'],
    ['/files/*path', '/files/*'],
    ['/files/:path*', '/files/*'],
    ['/files/{*path}', '/files/*'],
    ['/docs/[...slug]', '/docs/*'],
    ['/docs/[[...slug]]', '/docs/*'],
    ['/api/v2/sign-in', '/api/v2/sign-in'],
    [UNMATCHED_ROUTE, UNMATCHED_ROUTE],
  ])('of %j is %j', (route, template) => {
    expect(routeTemplate.encode(route)).toBe(template);
  });

  it.each([
    ['a query', '/search?q=jane', '/search'],
    ['a fragment', '/search#jane', '/search'],
    ['a query of several lines', '/search?q=\n/jane', '/search'],
    ['scheme and host', 'https://jane.example.org/search', '/search'],
    ['a host without a scheme', '//jane.internal/search', '/search'],
  ])('has no %s', (_, route, template) => {
    expect(routeTemplate.encode(route)).toBe(template);
  });

  it.each([
    '42', '1f0e9d8c-0000-4000-8000-1234567890ab', 'jane@example.org', 'jane%40example.org', 'report.pdf', 'Jane', 'jane doe',
    '10.0.0.7', '+4915112345678', 'a'.repeat(41), 'caf\u00e9', '..', '~jane', 'user7', PLANTED_TOKEN, 'v123', '%2e%2e',
  ])('has :id in the place of %j', (segment) => {
    expect(routeTemplate.encode(`/files/${segment}/raw`)).toBe('/files/:id/raw');
  }); // biome-ignore format: one table

  it('ends in a wildcard after ten segments or two hundred characters', () => {
    expect(routeTemplate.encode('/a'.repeat(10))).toBe('/a'.repeat(10));
    expect(routeTemplate.encode('/a'.repeat(11))).toBe(`${'/a'.repeat(9)}/*`);
    const long = routeTemplate.encode(`/${'a'.repeat(40)}`.repeat(8)) as string;
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long).toBe(`${`/${'a'.repeat(40)}`.repeat(4)}/*`);
  });

  it.each([undefined, null, 7, {}, ['/contacts']])('is no template of %j', (value) => {
    expect(routeTemplate.encode(value)).toBeUndefined();
  });

  it('stays what it is when it is reduced again, and is short and closed, whatever it was made of', () => {
    const route = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(fc.string(), fc.constantFrom('a', ':id', '*', '{x}', '..', 'A', '1')), { maxLength: 20 }).map((parts) => parts.join('/')),
    ); // biome-ignore format: two generators
    fc.assert(
      fc.property(route, (text) => {
        const template = routeTemplate.encode(text) as string;
        expect(routeTemplate.encode(template)).toBe(template);
        expect(template).toMatch(/^(?::unmatched|\/|(?:\/(?::id|\*|v\d{1,2}|[a-z][a-z_-]{0,39})){1,10})$/);
        expect(template.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('takes a list of templates within it, and no list of anything else', () => {
    expect(oneOf('/contacts', '/contacts/:id').isWithin(routeTemplate)).toBe(true);
    expect(oneOf('/contacts/42').isWithin(routeTemplate)).toBe(false);
    expect(routeTemplate.isWithin(routeTemplate)).toBe(true);
    expect(routeTemplate.isWithin(oneOf('/contacts'))).toBe(false);
  });
});
