import { TextInput } from '@mantine/core';
import type { HealthCheckView, HostView } from '@patchgate/contracts';
import type { Form } from '../../lib/use-form.js';
import { CheckField } from '../../ui/check-field.js';
import { FastcgiFields } from './fastcgi-fields.js';
import { HttpFields } from './http-fields.js';
import { ServiceFields } from './service-fields.js';
import { TcpFields } from './tcp-fields.js';
import type { CheckValues } from './check-values.js';
import type { CheckType } from './check-words.js';

interface CheckFieldsProps {
  type: CheckType;
  form: Form<CheckValues>;
  host: HostView;
  check: HealthCheckView | null;
}

const nameExamples: Record<CheckType, string> = {
  service: 'nginx runs',
  http: 'Storefront answers',
  tcp: 'Redis with TLS',
  fastcgi: 'PHP-FPM ping',
};

export function CheckFields({ type, form, host, check }: CheckFieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        placeholder={nameExamples[type]}
        data-autofocus
        required
        maxLength={100}
        {...form.text('name')}
      />
      <FieldsOfType type={type} form={form} host={host} check={check} />
      <CheckField
        label="Enabled: polled, and asked by the gate"
        checked={form.values.enabled}
        onChange={(isOn) => form.set('enabled', isOn)}
      />
    </>
  );
}

function FieldsOfType({ type, form, host, check }: CheckFieldsProps) {
  switch (type) {
    case 'service':
      return <ServiceFields form={form} />;
    case 'http':
      return <HttpFields form={form} host={host} check={check} />;
    case 'tcp':
      return <TcpFields form={form} />;
    case 'fastcgi':
      return <FastcgiFields form={form} />;
  }
}
