import type { PrincipalView } from '@patchgate/contracts';
import { isAllowed } from '@patchgate/domain';
import type { Role } from '@patchgate/domain';
import { createContext, use } from 'react';

/** Given by the shell. It outlives the session by the moment the way to the sign-in takes. */
export const PrincipalContext = createContext<PrincipalView | null>(null);

export function usePrincipal(): PrincipalView {
  const principal = use(PrincipalContext);
  if (principal === null) throw new Error('a page behind the sign-in was drawn outside the shell');
  return principal;
}

/** Whether the person's role reaches this far; what it does not is not offered. */
export const useAllows = (role: Role): boolean => isAllowed(usePrincipal().role, role);
