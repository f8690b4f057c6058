import { TextInput } from '@mantine/core';
import type { Form } from '../../lib/use-form.js';

export interface HostValues {
  fqdn: string;
  address: string;
  agent_port: string;
}

/** What the form holds as the API expects it; a port that is no number is left for the schema to refuse. */
export const toHostBody = ({ fqdn, address, agent_port: port }: HostValues) => ({
  fqdn,
  address: address.trim(),
  agent_port: /^\s*\d+\s*$/.test(port) ? Number(port) : Number.NaN,
});

export function HostFields<Values extends HostValues>({ form }: { form: Form<Values> }) {
  return (
    <>
      <TextInput
        label="Host name"
        placeholder="shop-web-07.example.org"
        description="Its full name, as other machines know it."
        spellCheck={false}
        autoCapitalize="none"
        data-autofocus
        required
        {...form.text('fqdn')}
      />
      <TextInput
        label="Address"
        placeholder="10.20.4.17"
        description="IPv4 or IPv6, as this server reaches it."
        spellCheck={false}
        required
        {...form.text('address')}
      />
      <TextInput label="Agent port" inputMode="numeric" required {...form.text('agent_port')} />
    </>
  );
}
