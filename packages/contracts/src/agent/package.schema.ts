import { z } from 'zod';

export const packageStatuses = ['Installed', 'Available', 'Upgradable', 'NotInstalled'] as const;

/** `GET /api/v1/packages/{name}` and the items of `GET /api/v1/packages`. */
export const hostPackage = z.object({
  name: z.string(),
  version: z.string(),
  status: z.enum(packageStatuses),
  upgradable: z.boolean(),
  latest_version: z.string().nullable(),
  description: z.string(),
  dependencies: z.array(z.string()),
  reverse_dependencies: z.array(z.string()),
  install_date: z.string().nullable(),
  size_installed: z.int().nullable(),
});
export type HostPackage = z.infer<typeof hostPackage>;

export const packageList = z.object({ packages: z.array(hostPackage), total: z.int().min(0) });
export type PackageList = z.infer<typeof packageList>;

/** Why an upgrade that is there would not be made: by the administrator's `hold`, or because it cannot be made alone. */
export const keptBackReasons = ['held', 'deferred'] as const;

export const patch = z.object({
  name: z.string(),
  current_version: z.string(),
  available_version: z.string(),
  severity: z.string(),
  description: z.string(),
  cve_ids: z.array(z.string()),
  requires_reboot: z.boolean(),
  /** From a security archive. Agents with capabilities only: the severity of others is guessed from the name. */
  security: z.boolean().optional(),
  /** Null where the next run makes this upgrade. Agents with capabilities only. */
  kept_back: z.enum(keptBackReasons).nullable().optional(),
});
export type Patch = z.infer<typeof patch>;

/** `GET /api/v1/patches`. */
export const patchList = z.object({
  patches: z.array(patch),
  total: z.int().min(0),
  security_updates: z.int().min(0),
  requires_reboot: z.boolean(),
});
export type PatchList = z.infer<typeof patchList>;

/** `POST /api/v1/patches/apply`. Absent `packages` means all of them; an empty list is never sent: agents differ on it. */
export const patchApplyRequest = z.object({
  packages: z.array(z.string()).min(1).optional(),
  allow_reboot: z.boolean(),
  reboot_delay_seconds: z.int().min(0),
});
export type PatchApplyRequest = z.infer<typeof patchApplyRequest>;
