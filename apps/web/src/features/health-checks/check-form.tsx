import { Button } from '@mantine/core';
import { checkInput, unsavedCheckInput } from '@patchgate/contracts';
import type { BodyOf, HealthCheckView, HostView, healthCheckEndpoints } from '@patchgate/contracts';
import { useState } from 'react';
import { namesField } from '../../lib/api-error.js';
import { announce } from '../../lib/notices.js';
import { useForm } from '../../lib/use-form.js';
import { FormRefusal, SubmitButton } from '../../ui/form-parts.js';
import { Icon } from '../../ui/icon.js';
import { CheckFields } from './check-fields.js';
import classes from './check-form.module.css';
import { useUnsavedTest } from './check-tests.js';
import { toCheckBody } from './check-values.js';
import type { CheckValues } from './check-values.js';
import type { CheckType } from './check-words.js';
import { useSaveCheck } from './health-checks.mutations.js';
import { TestPane } from './test-pane.js';

interface CheckFormProps {
  host: HostView;
  check: HealthCheckView | null;
  type: CheckType;
  initial: CheckValues;
  /** Told of what stays when another type is chosen. */
  onKeep: (kept: Partial<CheckValues>) => void;
  onClose: () => void;
}

type TestBody = BodyOf<typeof healthCheckEndpoints.testUnsaved>;

/** The fields of one type, and beside them what a test of exactly these fields says. */
export function CheckForm({ host, check, type, initial, onKeep, onClose }: CheckFormProps) {
  const save = useSaveCheck(host.id, check);
  const test = useUnsavedTest(host.id);
  const [tested, setTested] = useState<CheckValues | null>(null);
  const hasStoredPassword = check?.has_basic_auth_pass ?? false;
  const toBody = (values: CheckValues) => toCheckBody(type, values, hasStoredPassword);

  const form = useForm({
    initial,
    schema: checkInput,
    toBody,
    send: async (body) => {
      const { name } = await save.mutateAsync(body);
      announce(check === null ? `${name} added. It is asked at once.` : `${name} saved.`);
      onClose();
    },
  });
  const isTesting = test.state.kind === 'running';
  const runTest = (element: HTMLFormElement): void => {
    const named = form.values.name.trim() === '' ? { ...form.values, name: 'Not named yet' } : form.values;
    setTested(form.values);
    void form.ask(element, {
      schema: unsavedCheckInput,
      toBody: () => ({ ...toBody(named), ...(check !== null && { check_id: check.id }) }),
      send: async (body: TestBody) => {
        try {
          await test.run(body);
        } catch (error) {
          // All else is said by the pane of the test.
          if (namesField(error)) throw error;
        }
      },
    });
  };

  return (
    <form
      noValidate
      onSubmit={form.onSubmit}
      onBlur={() => onKeep({ name: form.values.name, enabled: form.values.enabled })}
    >
      <div className={classes.columns}>
        <div className={classes.fields}>
          <CheckFields type={type} form={form} host={host} check={check} />
          <FormRefusal form={form} />
        </div>
        <TestPane
          state={test.state}
          ignoresCertErrors={form.values.ignore_cert_errors}
          isOutdated={tested !== null && tested !== form.values}
          onCancel={test.cancel}
        />
      </div>
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          variant="default"
          leftSection={<Icon name="play" />}
          aria-disabled={isTesting}
          onClick={({ currentTarget: { form: element } }) => {
            if (!isTesting && element !== null) runTest(element);
          }}
        >
          Test
        </Button>
        <SubmitButton form={form}>{check === null ? 'Add check' : 'Save'}</SubmitButton>
      </div>
    </form>
  );
}
