import type { HealthCheckView, HostView } from '@patchgate/contracts';
import type { Form } from '../../lib/use-form.js';
import { CheckField } from '../../ui/check-field.js';
import { Note } from '../../ui/note.js';
import classes from './check-form.module.css';
import type { CheckValues } from './check-values.js';
import { credentialRisk, losesPassword, originOf } from './credential-risk.js';
import type { CredentialRisk } from './credential-risk.js';
import { PasswordField } from './password-field.js';
import { VerbatimField } from './verbatim-field.js';

interface HttpFieldsProps {
  form: Form<CheckValues>;
  host: HostView;
  check: HealthCheckView | null;
}

const riskWords: Record<CredentialRisk, string> = {
  plain:
    'User and password travel as plain text: everybody on the way can read them. Use https, or leave them out.',
  unverified:
    'User and password go to whoever answers: with certificate errors ignored nobody proves to be the server.',
};

export function HttpFields({ form, host, check }: HttpFieldsProps) {
  const { values } = form;
  const risk = credentialRisk(values);
  const hasStored = check?.has_basic_auth_pass === true;
  const isLost = hasStored && values.password === 'keep' && losesPassword(check.url, values.url);
  return (
    <>
      <VerbatimField
        form={form}
        name="url"
        label="URL"
        placeholder={`https://${host.fqdn}/health`}
        description="Asked directly by this server, with up to five redirects."
        inputMode="url"
      />
      <VerbatimField
        form={form}
        name="expected_body"
        label="Expected in the body"
        placeholder={'"status":"ok"'}
        description="Healthy when the status is 2xx and the body contains this text."
      />
      <CheckField
        label="Ignore certificate errors"
        checked={values.ignore_cert_errors}
        onChange={(isOn) => form.set('ignore_cert_errors', isOn)}
      />
      <div className={classes.pair}>
        <VerbatimField
          form={form}
          name="basic_auth_user"
          required={false}
          label="User, optional"
          autoComplete="off"
        />
        <PasswordField form={form} hasStored={hasStored} />
      </div>
      {isLost && (
        <Note tone="wait">
          The stored password belongs to {originOf(check.url ?? '')}. Saving this address clears it: choose
          “Change” and enter it again if the new address may have it.
        </Note>
      )}
      {risk !== null && <Note tone="wait">{riskWords[risk]}</Note>}
    </>
  );
}
