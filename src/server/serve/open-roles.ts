import type { Role } from '../../settings/index.js';
import type { RoleContext } from './role-context.js';
import type { RolePart } from './role-part.js';
import { openCollectorRole } from './roles/collector.js';
import { openIngest } from './roles/ingest.js';
import { openOrgs } from './roles/orgs.js';
import { openVendor } from './roles/vendor.js';
import { openWriter } from './roles/writer.js';

type Opener = (context: RoleContext) => Promise<RolePart>;

/** How each role that keeps something becomes a part of the process. */
const OPENERS = {
  orgs: openOrgs,
  collector: openCollectorRole,
  vendor: openVendor,
  ingest: openIngest,
  writer: openWriter,
} satisfies Partial<Record<Role, Opener>>;

/** Make the parts of the roles that keep something. Nothing works by itself yet. */
export async function openRoles(context: RoleContext): Promise<readonly RolePart[]> {
  const parts: RolePart[] = [];
  for (const [role, open] of Object.entries(OPENERS)) {
    if (context.roles.has(role as Role)) parts.push(await open(context));
  }
  return parts;
}
