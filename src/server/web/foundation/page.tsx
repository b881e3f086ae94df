import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { AssetName } from '../asset-files.js';
import { signOutPathOf } from './door.js';
import type { WebEnv, WebParts } from './web-env.js';

export interface PageProps {
  readonly context: Context<WebEnv>;
  readonly parts: WebParts;
  /** Of the browser's tab; the name of the product is added. */
  readonly title: string;
  /** The `href` of the tab that the page stands under. */
  readonly tab?: string;
  /** Besides the stylesheet of all pages. */
  readonly styles?: readonly AssetName[];
  /** Loaded in this order, after the page is there. Names that end in `.iife.min.js` are classic scripts, all others modules. */
  readonly scripts?: readonly AssetName[];
  /** Leave for this path at once, without a redirect. */
  readonly refreshTo?: string;
  readonly children?: Child;
}

/**
 * The frame of every page. Scripts find the token that their changes have to carry in `meta[name=csrf-token]`.
 */
export function Page({
  context,
  parts,
  title,
  tab,
  styles = [],
  scripts = [],
  refreshTo,
  children,
}: PageProps) {
  const { nonce, door, session } = context.var;
  const { assets, tabs } = parts;
  // Of a page that nobody may know the way to, only those hear who are on it.
  const hrefOf = (href: string) => (session && door?.path === href ? door.page : href);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        {session && <meta name="csrf-token" content={session.csrfToken} />}
        {refreshTo !== undefined && <meta http-equiv="refresh" content={`0; url=${refreshTo}`} />}
        <title>{`${title} · Sotto`}</title>
        <link rel="icon" href={assets.href('icon.svg')} type="image/svg+xml" />
        {(['sotto.css', ...styles] as const).map((name) => (
          <link rel="stylesheet" href={assets.href(name)} nonce={nonce} />
        ))}
        {scripts.map((name) => (
          <script
            src={assets.href(name)}
            nonce={nonce}
            {...(name.endsWith('.iife.min.js') ? { defer: true } : { type: 'module' })}
          />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to content
        </a>
        <header class="top">
          <div class="top-row">
            <span class="brand">sotto</span>
            <nav class="tabs" aria-label="Pages">
              {tabs.map(({ href, label }) => (
                <a href={hrefOf(href)} {...(href === tab ? { 'aria-current': 'page' } : {})}>
                  {label}
                </a>
              ))}
            </nav>
            {session && door && (
              <form method="post" action={signOutPathOf(door)}>
                <CsrfField context={context} />
                <button class="quiet" type="submit">
                  Sign out
                </button>
              </form>
            )}
          </div>
        </header>
        <main id="main" tabindex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
}

/** The hidden field that every form of a signed-in page needs. */
export function CsrfField({ context }: { readonly context: Context<WebEnv> }) {
  return <input type="hidden" name="csrf" value={context.var.session?.csrfToken ?? ''} />;
}

/** Answer with a page. @param page - a {@link Page} */
export function answerPage(
  context: Context<WebEnv>,
  page: { toString(): string | Promise<string> },
  status = 200,
): Response {
  context.header('content-type', 'text/html; charset=utf-8');
  return context.body(`<!doctype html>${page.toString()}`, status as 200);
}
