export type Role = 'admin' | 'operator' | 'viewer';
export type Access = 'public' | Role;

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

/**
 * Whether a role satisfies what an operation asks for. Scope (which objects) is a separate question.
 *
 * @param role the caller's role, or null without credentials
 * @param access what the operation asks for
 */
export function isAllowed(role: Role | null, access: Access): boolean {
  if (access === 'public') return true;
  return role !== null && rank[role] >= rank[access];
}

/**
 * Whether a role sees every host and group; the others see what shares a group with them.
 *
 * @param role the caller's role
 */
export function seesEverything(role: Role): boolean {
  return role === 'admin';
}
