import { TextInput } from '@mantine/core';
import type { DeployDraft } from '../../lib/deploy-draft.js';
import { Card } from '../../ui/card.js';
import { CheckField } from '../../ui/check-field.js';
import classes from './deploy.module.css';
import { RollOutPicture } from './roll-out-picture.js';
import type { Order } from './use-order.js';

type NumberField = 'canary' | 'batch_size' | 'max_in_flight' | 'max_failures';

export function RollOutStep({ order }: { order: Order }) {
  const { draft, change } = order;
  return (
    <>
      <Card title="In which order">
        <div className={classes.fields}>
          <div className={classes.sideBySide}>
            <NumberInput
              order={order}
              name="canary"
              label="Canary hosts"
              description="Go first. Each must succeed, else the job pauses. 0 for none."
            />
            <NumberInput
              order={order}
              name="batch_size"
              label="Hosts in a batch"
              description="After the canary. Empty makes one batch of the rest."
            />
            <NumberInput
              order={order}
              name="max_in_flight"
              label="At once, at most"
              description="Hosts being patched. A host that waits at its gate takes no place."
            />
            <NumberInput
              order={order}
              name="max_failures"
              label="Failures allowed"
              description="The job pauses when more of the patched hosts than this have failed."
            />
          </div>
        </div>
        <RollOutPicture order={order} />
      </Card>
      <Card title="Reboots">
        <CheckField
          label="Reboot hosts that need it, within their window"
          checked={draft.allow_reboot}
          onChange={(allow_reboot) => change({ allow_reboot })}
        />
        <p className={classes.quiet}>
          Without it, a new kernel or library may not be in use until somebody reboots the host.
        </p>
      </Card>
    </>
  );
}

interface NumberInputProps {
  order: Order;
  name: NumberField;
  label: string;
  description: string;
}

function NumberInput({ order: { draft, change, errors }, name, label, description }: NumberInputProps) {
  const changed = (value: string): Partial<DeployDraft> => ({ [name]: value });
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      value={draft[name]}
      onChange={(event) => change(changed(event.currentTarget.value))}
      error={errors[name]}
      aria-invalid={errors[name] !== undefined}
      description={description}
    />
  );
}
