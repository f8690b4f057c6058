import { NativeSelect } from '@mantine/core';
import { role as roleSchema } from '@patchgate/contracts';
import type { Role } from '@patchgate/domain';
import { roleMeanings, roleWords } from '../../lib/role-words.js';
import { oneOf } from '../../lib/search-params.js';

interface RoleFieldProps {
  value: Role;
  onChange: (role: Role) => void;
  error: string | undefined;
  /** Why it cannot be changed here, when it cannot. */
  locked?: string | undefined;
}

export function RoleField({ value, onChange, error, locked }: RoleFieldProps) {
  return (
    <NativeSelect
      label="Role"
      description={locked ?? roleMeanings[value]}
      value={value}
      disabled={locked !== undefined}
      error={error}
      onChange={(event) => onChange(oneOf(roleSchema.options, event.currentTarget.value) ?? value)}
      data={roleSchema.options.map((option) => ({ value: option, label: roleWords[option] }))}
    />
  );
}
